from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from conditions.files import Faulty
from resources import starter


class Command(BaseCommand):
    help = (
        "Load the starter catalogue from resources/catalogue/, after load_conditions. Checks every file before it writes anything, "
        "and never overwrites what a curator has changed since."
    )

    def add_arguments(self, parser):
        parser.add_argument("--root", type=starter.Path, default=starter.ROOT, help="another folder of the same layout")

    def handle(self, *, root, **options):
        try:
            catalogue = starter.read(root)
        except Faulty as found:
            raise CommandError(f"{found}\n{len(found.faults)} faults: nothing was loaded.") from found
        counts, kept = starter.load(catalogue, progress=lambda rows: tqdm(rows, "listings", disable=None))
        for row in kept:
            self.stdout.write(f"Left as it is, changed since it was loaded: {row.kind} {row.slug}")
        self.stdout.write(
            f"Listings: {counts['new']} new, {counts['changed']} changed, {counts['same']} same, {len(kept)} left as they are."
        )
