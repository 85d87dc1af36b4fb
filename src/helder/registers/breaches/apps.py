"""Breaches as a Django app."""

from django.apps import AppConfig


class BreachesConfig(AppConfig):
    """All personal data breaches of the organisation."""

    name = "helder.registers.breaches"
