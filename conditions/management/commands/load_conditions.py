from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from conditions import catalogue_files, loading
from conditions.files import Faulty


class Command(BaseCommand):
    help = (
        "Load conditions, kinship and caregiver pages from conditions/catalogue/. Checks every file before it writes anything, "
        "and leaves alone what staff have changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--root", type=catalogue_files.Path, default=catalogue_files.ROOT, help="another folder of the same layout")

    def handle(self, *, root, **options):
        try:
            counts, kept = loading.load(catalogue_files.read(root), progress=lambda rows: tqdm(rows, "conditions", disable=None))
        except Faulty as found:
            raise CommandError(f"{found}\n{len(found.faults)} faults: nothing was loaded.") from found
        for slug in kept:
            self.stdout.write(f"Left as it is, changed since it was loaded: {slug}")
        self.stdout.write(
            f"Conditions: {counts['new']} new, {counts['changed']} changed, {counts['same']} same, {len(kept)} left as they are."
        )
