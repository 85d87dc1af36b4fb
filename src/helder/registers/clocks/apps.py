"""Clocks as a Django app."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """Running terms."""

    name = "helder.registers.clocks"
