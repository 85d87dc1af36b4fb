"""Points as a Django app."""

from django.apps import AppConfig


class PointsConfig(AppConfig):
    """Points of requests."""

    name = "helder.registers.points"
