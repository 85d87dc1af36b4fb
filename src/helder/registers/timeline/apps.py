"""The timeline as a Django app."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """Events."""

    name = "helder.registers.timeline"
