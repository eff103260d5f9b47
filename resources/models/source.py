from django.db import models

from conditions.editorial import SourceBase

from .resource import Resource


class Source(SourceBase):
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="sources")

    class Meta(SourceBase.Meta):
        constraints = [models.UniqueConstraint(fields=["resource", "key"], name="resource_source_once")]
