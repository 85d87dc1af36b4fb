"""Parties as a Django app."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Organisations in the case."""

    name = "helder.registers.parties"
