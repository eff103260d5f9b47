from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Beside `resources`, so that the listings work without accounts."""

    name = "resources.people"

    def ready(self):
        from . import accounts, checks, sign_ins  # noqa: F401 the checks register themselves

        sign_ins.connect()
        accounts.connect()
