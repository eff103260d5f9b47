from django.db import models

from .resource import Resource


class Location(models.Model):
    """A place of an organization or a service."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="locations")
    name = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=500, blank=True)
    city = models.CharField(max_length=500, blank=True)
    region = models.CharField(max_length=500, blank=True)
    postal_code = models.CharField(max_length=500, blank=True)
    country = models.CharField(max_length=500, default="US", blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    access = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return ", ".join(filter(None, [self.name, self.address, self.city, self.region, self.postal_code]))
