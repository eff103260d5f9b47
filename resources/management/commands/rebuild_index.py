from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from resources.finder.index import keeper, rows, snapshots


class Command(BaseCommand):
    help = (
        "Build the finder's index anew and keep it as a snapshot, so that processes start without reading every row; then prune the "
        "change log. The site goes on answering meanwhile. Run it after large loads, and now and then."
    )

    def add_arguments(self, parser):
        parser.add_argument("--database", default="default", help="which of the settings' databases")

    def handle(self, *, database, **options):
        total = rows.count(database)
        store, version = keeper.build(database, progress=lambda found: tqdm(found, "listings", total, disable=None))
        if not version.stamp.token:
            raise CommandError("The change log is empty, so that no snapshot could be told from a stale one. First: manage.py migrate")
        size = snapshots.save(database, store, version)
        self.stdout.write(f"{len(version.alive)} listings, {size / 1e6:.1f} MB.")
