from django.db import models

from .lines import LinesField
from .resource import Resource


class Organization(Resource):
    legal_name = models.CharField(max_length=500, blank=True)
    identifiers = LinesField()
    year_founded = models.PositiveSmallIntegerField(null=True, blank=True)
