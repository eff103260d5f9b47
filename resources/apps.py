from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self):
        from . import ledger
        from .people import accounts, checks, sign_ins  # noqa: F401 the checks register themselves

        post_migrate.connect(ledger.guard_after_migrate, sender=self, dispatch_uid="guard_revisions")
        sign_ins.connect()
        accounts.connect()
