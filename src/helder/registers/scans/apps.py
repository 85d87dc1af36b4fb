"""Quickscans as a Django app."""

from django.apps import AppConfig


class ScansConfig(AppConfig):
    """Answers of suppliers, and verdicts."""

    name = "helder.registers.scans"
