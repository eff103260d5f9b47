from django.db import models
from django.utils.translation import gettext_lazy as _

from .resource import Resource


class MatchKey(models.Model):
    """One thing by which a listing is recognized, spelled so that equal means equal (`document/keys.py`). Written with its document."""

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        ALIAS = "alias", _("other name")
        WORD = "word", _("word of a name")
        PHONE = "phone", _("phone")
        PAGE = "page", _("web page")
        DOMAIN = "domain", _("web site")
        EMAIL = "email", _("e-mail")
        STREET = "street", _("street")
        TOWN = "town", _("town")
        PROVIDER = "provider", _("provider")
        CODE = "code", _("identifier")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="match_keys", db_index=False)  # the constraint's serves
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()  # derived; nobody looks at it
        indexes = [models.Index(fields=["kind", "key"], name="match_key")]
        constraints = [models.UniqueConstraint(fields=["resource", "kind", "key"], name="match_key_once")]

    def __str__(self):
        return f"{self.kind}: {self.key}"
