from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """A file as it was previewed: what is confirmed is exactly what was shown. `rows`: see `resources/transfer/preview.py`."""

    name = models.CharField(max_length=200, help_text=_("Name of the file."))
    notes = models.JSONField(default=list, help_text=_("What was noticed while the file was read."))
    rows = models.JSONField(encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ()  # who may import may see their own, and Staff all: the views ask

    def __str__(self):
        return self.name
