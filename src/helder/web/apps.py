"""The web half as a Django app: what must listen before the first request."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Settings, addresses, log-in."""

    name = "helder.web"

    def ready(self) -> None:
        """Begin writing what happens to accounts."""
        from helder.web import account_lines

        account_lines.listen()
