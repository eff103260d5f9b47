from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from conditions.files import Faulty
from conditions.vocabulary import cleaning, reading, saving

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Load the diseases of an OBO ontology (Mondo, Disease Ontology), packed by gzip or not. Checks the whole file before it writes "
        "anything; what people or the catalogue have written stays as it is. Running it again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.obo[.gz]")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, file, dry_run, **options):
        try:
            vocabulary = cleaning.clean(reading.read(file))
        except Faulty as found:
            raise CommandError(f"{found}\nNothing was loaded.") from found
        except ValueError as error:
            raise CommandError(f"{file}:1: {error}\nNothing was loaded.") from error
        bar = lambda rows, what: tqdm(rows, what, unit="batch", disable=None)  # noqa: E731
        self.report(saving.load(vocabulary, dry_run=dry_run, progress=bar), vocabulary, dry_run)

    def report(self, plan, vocabulary, dry_run):
        for slug, heir in sorted(plan.retired.items())[:SHOWN]:
            self.stdout.write(f"Retired: {slug}{f', now {heir}' if heir else ''}")
        for line in plan.left_out[:SHOWN]:
            self.stdout.write(f"Left out: {line}")
        if len(plan.left_out) > SHOWN:
            self.stdout.write(f"Left out: {len(plan.left_out) - SHOWN} more.")
        total, rare, kept = len(vocabulary.diseases), plan.counts["rare"], plan.counts["kept"]
        same = total - len(plan.new) - len(plan.changed) - kept
        self.stdout.write(
            f"{'Would load' if dry_run else 'Loaded'} {plan.origin}: {total} diseases: {len(plan.new)} new, {len(plan.changed)} changed, "
            f"{len(plan.retired)} retired, {same} same, {kept} matched with conditions of our own, {len(plan.left_out)} left out."
        )
        for what, rows in (("Names", plan.names), ("Codes", plan.codes), ("Kinship", plan.links)):
            self.stdout.write(f"{what}: {len(rows.create)} new, {len(rows.delete)} taken away.")
        self.stdout.write(f"{rare} of {total} diseases count as rare, by an Orphanet code of their own or of a wider group.")
