from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from conditions.files import Faulty
from resources.lint import texts


class Command(BaseCommand):
    help = (
        "Read texts as a strict editor would: reading grade, long sentences, jargon, claims without a source, blame, seals, review dates, "
        "old sources, DISCERN's questions. Prints place, rule, why, and how to mend it. Exits 1 where an error is left."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="any text, caregiver page or listing; none: the catalogue's files"
        )
        parser.add_argument("--database", action="store_true", help="what is published in the database")
        parser.add_argument("--errors-only", action="store_true", help="leave out advice, which does not fail")

    def handle(self, *, files, database, errors_only, **options):
        try:
            reader = texts.Reader.of_database() if database else texts.Reader.of_files()
            found = self._texts(files, database)
            findings = [finding for text in found for finding in reader.findings(text)]
        except Faulty as fault:
            raise CommandError(str(fault)) from fault
        errors = sum(finding.level == "error" for finding in findings)
        for finding in findings:
            if finding.level == "error" or not errors_only:
                self.stdout.write(str(finding))
        summary = f"{len(found)} texts read: {errors} errors, {len(findings) - errors} pieces of advice."
        if errors:
            raise CommandError(summary)
        self.stdout.write(summary)

    def _texts(self, files, database):
        if files:
            return [texts.of_file(path) for path in files]
        return list(texts.of_database() if database else texts.of_catalogue())
