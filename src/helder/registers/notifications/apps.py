"""Notifications as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Answers to the template, and notifications as sent."""

    name = "helder.registers.notifications"
