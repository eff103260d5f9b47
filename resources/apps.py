from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self):
        from . import changes, ledger

        post_migrate.connect(ledger.guard_after_migrate, sender=self, dispatch_uid="guard_revisions")
        post_migrate.connect(changes.watch_after_migrate, sender=self, dispatch_uid="watch_changes")
