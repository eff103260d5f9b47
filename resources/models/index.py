"""What keeps the finder's index in step with the database: see docs/adr/0008."""

from django.db import models
from django.db.models import Q


class Change(models.Model):
    """A row of the log that the database's own triggers write (`resources/changes.py`), in the transaction of the change.

    `seq` is the order of the commits; until its transaction ends, PostgreSQL leaves it empty, and nobody else sees the row.
    The random `token` tells a row from another one that stood at its place before a rollback or a restore.
    """

    class What(models.TextChoices):
        LISTING = "listing"
        CONDITION = "condition"
        TERM = "term"
        ALL = "all"

    seq = models.BigIntegerField(null=True, unique=True)
    token = models.BigIntegerField()
    what = models.CharField(max_length=9, choices=What)
    key = models.BigIntegerField(help_text="Id of what changed; 0 for all.")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["id"], condition=Q(seq=None), name="change_without_seq")]

    def __str__(self):
        return f"{self.seq}: {self.what} {self.key}"


class SnapshotPart(models.Model):
    """A piece of the newest snapshot of the index. It can be thrown away at any time: `manage.py rebuild_index` makes another."""

    number = models.PositiveIntegerField(unique=True)
    data = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"part {self.number}"
