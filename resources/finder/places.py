"""ZIP codes, and how far it is between two points."""

from collections import Counter

import numpy as np

from ..models import Location, Place, Term

EVERYWHERE = ("national", "worldwide")  # coverages
LARGE_CITY, CLEARLY = 3, 0.6  # ZIPs of a city that is known without its state, and its share of all ZIPs of that name
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

    def zip_of(self, city, state=""):
        """A ZIP in the city, or an empty text. Without a state, of the one where most of its name lies, if that is clear."""
        found = Place.objects.filter(city=city.title(), latitude__isnull=False)
        known = list((found.filter(state=state) if state else found).order_by("code"))
        largest, size = Counter(place.state for place in known).most_common(1)[0] if known else (state, 0)
        if not state and (size < LARGE_CITY or size < CLEARLY * len(known)):
            return ""
        place = next((place for place in known if place.state == largest), None)
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


def near_ids(listings, near):
    """Ids of the listings that are near, or serve the place: the plain answer, row by row."""
    points, found = _points(listings), []
    state = f"us-{near.place.state.lower()}"
    for row in listings.prefetch_related("terms"):
        areas = {term.slug for term in row.terms.all() if term.vocabulary == Term.Vocabulary.AREA}
        serves = state in areas or (not areas and row.coverage != "other_country" and (row.coverage in EVERYWHERE or row.pk not in points))
        is_close = row.pk in points and (not near.within or _nearest(near.place, points[row.pk]) <= near.within)
        if serves or is_close:
            found.append(row.pk)
    return found


def _points(listings):
    """Id of a listing → its points: by its own coordinates, else by the middle of its ZIP."""
    rows = Location.objects.filter(resource__in=listings)
    middles = {place.code: place for place in Place.objects.filter(code__in={row.postal_code[:5] for row in rows})}
    points: dict[int, list[tuple[float, float]]] = {}
    for row in rows:
        middle = middles.get(row.postal_code[:5]) if row.country in ("US", "") else None
        latitude = row.latitude if row.latitude is not None else getattr(middle, "latitude", None)
        longitude = row.longitude if row.longitude is not None else getattr(middle, "longitude", None)
        if latitude is not None and longitude is not None:
            points.setdefault(row.resource_id, []).append((latitude, longitude))
    return points


def _nearest(place, points):
    return min(miles(place.latitude, place.longitude, *point) for point in points) if place.latitude is not None else float("inf")
