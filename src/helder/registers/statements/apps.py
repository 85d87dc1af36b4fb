"""Statements as a Django app."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Public statements."""

    name = "helder.registers.statements"
