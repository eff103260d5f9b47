from django.db import models

from .organization import Organization
from .resource import Resource
from .therapy import TherapyType


class Service(Resource):
    """An organization's programme or clinic. `provider`, since `organization` is the inherited link."""

    provider = models.ForeignKey(Organization, models.PROTECT, related_name="services")
    schedule = models.CharField(max_length=500, blank=True)
    capacity = models.CharField(max_length=500, blank=True)
    therapies = models.ManyToManyField(TherapyType, blank=True, related_name="services")
