"""The office as a Django app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Users, invitations, approvals; the abstract entry of every register."""

    name = "helder.office"
    default_auto_field = "django.db.models.BigAutoField"
