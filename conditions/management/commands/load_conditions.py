from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from conditions import catalogue_files, loading
from conditions.files import Faulty
from conditions.glossary.loading import load as load_glossary


class Command(BaseCommand):
    help = (
        "Load conditions, kinship, caregiver pages and the glossary from conditions/catalogue/. "
        "Checks every file before it writes anything, and leaves alone what staff have changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--root", type=catalogue_files.Path, default=catalogue_files.ROOT, help="another folder of the same layout")

    def handle(self, *, root, **options):
        try:
            catalogue = catalogue_files.read(root)
            counts, kept = loading.load(catalogue, progress=lambda rows: tqdm(rows, "conditions", disable=None))
            terms, kept_terms = load_glossary(catalogue.glossary)
        except Faulty as found:
            raise CommandError(f"{found}\n{len(found.faults)} faults: nothing was loaded.") from found
        for slug in (*kept, *kept_terms):
            self.stdout.write(f"Left as it is, changed since it was loaded: {slug}")
        self.stdout.write(
            f"Conditions: {counts['new']} new, {counts['changed']} changed, {counts['same']} same, {len(kept)} left as they are."
        )
        self.stdout.write(
            f"Glossary: {terms['new']} new, {terms['changed']} changed, {terms['same']} same, {len(kept_terms)} left as they are."
        )
