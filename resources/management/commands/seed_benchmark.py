from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from tqdm import tqdm

from conditions.files import Faulty
from conditions.models import Condition
from resources import starter
from resources.models import Resource
from resources.synthetic import tables


class Command(BaseCommand):
    help = (
        "Fill the database with invented listings, the same ones each time, to measure with (docs/benchmarks.md). Load conditions first. "
        "Never on a site that families read: it refuses where there are real listings. --remove takes the invented ones away again."
    )

    def add_arguments(self, parser):
        parser.add_argument("size", type=int, nargs="?", help="how many listings: 1000 to 1000000")
        parser.add_argument("--conditions", type=int, help="tag with so many of the database's conditions, those of the catalogue first")
        parser.add_argument("--yes-mix", action="store_true", help="also beside real listings")
        parser.add_argument("--remove", action="store_true", help="take all invented listings away")

    def handle(self, *, size, conditions, yes_mix, remove, **options):
        if bool(size) == remove or (size or 1) < 1:
            raise CommandError("Say how many listings, 1 or more, or --remove.")
        real = Resource.objects.exclude(pk__in=tables.all_invented().values("pk")).count()
        if real and not (yes_mix or remove):
            raise CommandError(f"Here are {real} real listings: nothing was written. To invent others beside them: --yes-mix")
        self.stdout.write(f"{self._remove()} invented listings removed.")
        if size:
            self._seed(size, conditions)

    def _remove(self):
        try:
            return tables.remove()
        except IntegrityError as error:
            raise CommandError(
                f"Nothing was removed: somebody has worked on an invented listing, and its history stays. {error}"
            ) from error

    def _seed(self, size, most):
        if not Condition.objects.exists():
            raise CommandError("There are no conditions to tag listings with. First: manage.py load_conditions")
        try:
            catalogue = starter.read()
        except Faulty as found:
            raise CommandError(f"The starter catalogue gives the example, and has faults:\n{found}") from found
        starter.load_terms(catalogue.terms)
        world = tables.world(catalogue, most)
        tables.seed(world, size, progress=lambda numbers: tqdm(numbers, "listings", disable=None))
        self.stdout.write(f"{size} invented listings written, about {len(world.names)} conditions.")
        call_command("rebuild_index", stdout=self.stdout)
