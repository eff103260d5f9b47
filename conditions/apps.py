from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConditionsConfig(AppConfig):
    name = "conditions"

    def ready(self):
        from . import stamp

        post_migrate.connect(stamp.install_after_migrate, sender=self, dispatch_uid="stamp_conditions")
