"""Numbers as a Django app."""

from django.apps import AppConfig


class NumbersConfig(AppConfig):
    """Numbers and their queries."""

    name = "helder.registers.numbers"
