from collections import Counter
from contextlib import nullcontext
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from tqdm import tqdm

from resources.curation.links import waiting
from resources.curation.links.gathering import gather
from resources.curation.links.guard import normal
from resources.curation.links.running import run
from resources.curation.links.tasks import start_run
from resources.models import Link

Result = Link.Result


class Command(BaseCommand):
    help = (
        "Ask the addresses on published listings and condition pages whether they still answer: those that are due, politely, each once. "
        "One that fails on three different days stands at /work/links/."
        " A website that has moved is proposed as its listing's new address. No listing is changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would be asked; ask nobody and keep nothing")
        parser.add_argument("--here", action="store_true", help="ask from here, even where settings say that a worker does (LINK_WORKER)")
        parser.add_argument(
            "--only", nargs="+", metavar="WHAT", help="these alone, due or not: addresses, host names, or slugs of listings or conditions"
        )

    def handle(self, *, dry_run, only, here, **options):
        if settings.LINK_WORKER and not (dry_run or only or here):
            if not waiting.is_nobody_at_work():
                return self._hand_over()
            self.stderr.write("What was handed to the worker has not been begun: is manage.py db_worker running? Asked from here instead.")
        return self._here(dry_run, only)

    def _here(self, dry_run, only):
        with transaction.atomic() if dry_run else nullcontext():
            gather()
            addresses = list(chosen(only).values_list("address", flat=True))
            if dry_run:
                transaction.set_rollback(True)
        if only and not addresses:
            raise CommandError(f"Nothing published leads to {', '.join(only)}.")
        if dry_run:
            self._foretell(addresses)
        else:
            self._check(addresses)

    def _foretell(self, addresses):
        for address in addresses:
            self.stdout.write(address)
        self.stdout.write(f"Would ask {len(addresses)} addresses of {len({urlsplit(one).netloc for one in addresses})} sites.")

    def _hand_over(self):
        if start_run():
            self.stdout.write("Handed to the worker (manage.py db_worker): all that is due.")
        else:
            self.stdout.write("A run waits for the worker (manage.py db_worker) already.")

    def _check(self, addresses):
        counts, faults, proposed = Counter(), 0, 0
        for answer in tqdm(run(addresses), "links", total=len(addresses), disable=None):
            faults += answer.is_fault
            if link := answer.link:
                counts[link.result] += 1
                proposed += len(answer.proposed)
                if link.result == Result.FAILS:
                    self.stdout.write(f"Fails since {link.failing_since} (days: {link.days_failed}): {link.address} {link.said}")
        self.stdout.write(
            f"Asked {counts.total()}: {counts[Result.WORKS]} work, {counts[Result.FAILS]} fail, {counts[Result.UNKNOWN]} could not be "
            f"checked. Broken for a person to look at: {Link.objects.broken().count()}. New addresses proposed: {proposed}."
        )
        if faults:
            raise CommandError(f"The program itself failed at {faults} addresses; they stay due.")


def chosen(only):
    """The links that are due, or those that `only` names."""
    if not only:
        return Link.objects.due(timezone.localdate()).order_by("address")
    named = Q(pk=None)
    for what in only:
        named |= Q(address=normal(what)) | Q(address__startswith=f"http://{what}/") | Q(address__startswith=f"https://{what}/")
        named |= Q(uses__resource__slug=what) | Q(uses__condition__slug=what)
    return Link.objects.filter(named).distinct().order_by("address")
