from django.core.management.base import BaseCommand

from resources.lint.coverage import report


class Command(BaseCommand):
    help = "Print what the catalogue covers: pages, listings by kind and condition, sources, checks, reviews due, reading grades."

    def handle(self, **options):
        for table in report():
            self.stdout.write("\n".join(["", table.title, *_lines(table), *([table.note] if table.note else [])]))


def _lines(table):
    """The table in columns; numbers stand to the right."""
    rows = [[str(cell) for cell in row] for row in (table.columns, *table.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    for row in rows:
        yield "  ".join(cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(zip(row, widths))).rstrip()
