"""ZIP codes, and how far it is between two points."""

import numpy as np

from ..models import Place

EARTH = 3958.8  # miles from the middle


class Places:
    """What one request asks of the table of ZIPs, each once."""

    def __init__(self):
        self._known = {}

    def get(self, code):
        """The `Place`, or None where there is no such ZIP."""
        if code not in self._known:
            self._known[code] = Place.objects.filter(code=code).first()
        return self._known[code]

    def zip_of(self, city, state):
        """A ZIP in the city, or an empty text."""
        place = Place.objects.filter(state=state, city=city.title(), latitude__isnull=False).order_by("code").first()
        if place:
            self._known[place.code] = place
        return place.code if place else ""


def miles(latitude, longitude, latitudes, longitudes):
    """Great-circle miles from a point to many, in degrees; arrays or numbers.

    >>> round(float(miles(30.2672, -97.7431, 29.7604, -95.3698)))  # Austin to Houston
    146
    """
    one, two = np.radians(latitude), np.radians(latitudes)
    half = np.sin((two - one) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(np.radians(np.subtract(longitudes, longitude)) / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
