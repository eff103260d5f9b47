import zipcodes
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from tqdm import tqdm

from resources import changes
from resources.models import Place

A_BATCH = 2000


class Command(BaseCommand):
    help = "Load the places of all ZIP codes (the `zipcodes` package, without the network). Running it again changes nothing."

    def handle(self, **options):
        wanted = {row["zip_code"]: _place(row) for row in zipcodes.list_all()}
        stored = {row[0]: row for row in Place.objects.values_list("code", "city", "state", "latitude", "longitude")}
        changed = [values for code, values in wanted.items() if stored.get(code) != values]
        gone = stored.keys() - wanted.keys()
        if changed or gone:
            self.write(changed, gone)
        self.stdout.write(f"ZIP codes: {len(wanted)}, of these {len(changed)} new or changed; {len(gone)} taken away.")

    @transaction.atomic
    def write(self, changed, gone):
        Place.objects.filter(code__in=gone).delete()
        rows = [Place(**dict(zip(("code", "city", "state", "latitude", "longitude"), values))) for values in changed]
        for start in tqdm(range(0, len(rows), A_BATCH), "ZIP codes", unit="batch", disable=None):
            Place.objects.bulk_create(
                rows[start : start + A_BATCH],
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=["city", "state", "latitude", "longitude"],
            )
        with connection.cursor() as cursor:
            changes.log_all(cursor)  # where listings stand may have moved


def _place(row):
    """The columns of a ZIP; at 0, 0 stand those whose place nobody tells."""
    latitude, longitude = float(row["lat"] or 0), float(row["long"] or 0)
    is_told = bool(latitude or longitude)
    return (row["zip_code"], row["city"][:60], row["state"], latitude if is_told else None, longitude if is_told else None)
