"""Investigations as a Django app."""

from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    """Questions under investigation."""

    name = "helder.registers.investigations"
