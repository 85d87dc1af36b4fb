"""Decisions as a Django app."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions of the crisis team."""

    name = "helder.registers.decisions"
