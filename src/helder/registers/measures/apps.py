"""Measures as a Django app."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Measures taken."""

    name = "helder.registers.measures"
