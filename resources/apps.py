from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self):
        from . import changes, ledger
        from .curation.links import following
        from .models import Revision

        post_migrate.connect(ledger.guard_after_migrate, sender=self, dispatch_uid="guard_revisions")
        post_migrate.connect(changes.watch_after_migrate, sender=self, dispatch_uid="watch_changes")
        post_save.connect(following.hear, sender=Revision, dispatch_uid="follow_links")
