from django.db import models


class Place(models.Model):
    """The middle of a ZIP code's area, offline: `manage.py load_places`. Military ZIPs have none."""

    code = models.CharField(max_length=5, primary_key=True)
    city = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["state", "city"], name="place_by_city")]

    def __str__(self):
        return f"{self.code} ({self.city}, {self.state})"
