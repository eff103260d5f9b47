from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from resources.curation.duplicates import finding
from resources.models import DuplicatePair, Resource


class Command(BaseCommand):
    help = (
        "Look for listings that may be one and put them into the workspace's queue, the most alike first (docs/curating.md). Run it "
        "every night: what a person decided is never asked again, and no listing is changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="print what would be asked; keep nothing")
        parser.add_argument("--all-keys", action="store_true", help="read anew what listings are known by: after a change of the rules")

    def handle(self, *, dry_run, all_keys, **options):
        listings = Resource.objects.all() if all_keys else finding.keyless()
        began = timezone.now()
        read = finding.keys_unwritten if dry_run else finding.write_keys
        keys = read(listings, lambda some: tqdm(some, "keys", disable=None))
        found = finding.find_all(lambda pairs: tqdm(pairs, "pairs", disable=None), instead=keys)
        if dry_run:
            self._foretell(found)
            return
        # What an edit has found since then is newer than what was read here.
        kept = finding.keep(found, DuplicatePair.objects.filter(found_at__lt=began))
        self.stdout.write(f"Possible duplicates: {kept['new']} new, {kept['again']} as before, {kept['gone']} no longer alike.")

    def _foretell(self, found):
        names = dict(Resource.objects.filter(pk__in={pk for pair in found for pk in pair}).values_list("pk", "name"))
        for (first, second), (score, reasons) in sorted(found.items(), key=lambda pair: -pair[1][0]):
            because = ", ".join(f"{what} {points:+}" for what, _shared, points in reasons)
            self.stdout.write(f"{score:3} {names[first]} / {names[second]} ({because})")
        self.stdout.write(f"Would ask about {len(found)} pairs.")
