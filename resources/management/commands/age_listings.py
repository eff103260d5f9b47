from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from resources import workflow
from resources.models import Resource

SHARE = 5  # percent of all published listings that one run may take away: a wrong clock must not empty the site


class Command(BaseCommand):
    help = (
        f"Take away published listings that nobody confirmed for {workflow.GRACE.days} days after their check was due: they are retired, "
        "and nothing is lost. Says what it would do; --apply does it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="do it, rather than say what would be done")
        parser.add_argument("--all", action="store_true", help=f"even more than {SHARE}%% of all published listings in one run")

    def handle(self, *, apply, all, **options):
        old, published = workflow.too_old().count(), Resource.objects.published().count()
        most = old if all else min(old, max(1, published * SHARE // 100))
        chosen = list(workflow.too_old().only("kind", "slug", "name", "checked_on", "found_on", "next_check_on")[:most])
        done = self._age(chosen) if apply else self._foretell(chosen)
        left = f" {old - most} more wait for the next run: one takes {SHARE}% at most; --all takes them all." if most < old else ""
        self.stdout.write(f"{'Took' if apply else 'Would take'} away {done} of {published} published listings.{left}")
        if not apply and done:
            self.stdout.write("To do it: manage.py age_listings --apply" + (" --all" if all else ""))

    def _foretell(self, listings):
        for listing in listings:
            days = (timezone.localdate() - listing.next_check_on).days
            self.stdout.write(f"{listing.get_absolute_url()} {listing.name}: last confirmed {listing.dated_on}, due for {days} days")
        return len(listings)

    def _age(self, listings):
        """Each in a transaction of its own: a run that is stopped has done what it did, and the next goes on."""
        done = 0
        for listing in tqdm(listings, "listings", disable=None):
            try:
                workflow.age(resource=listing)
            except workflow.WrongStep:
                self.stdout.write(f"Left as it is, since somebody was quicker: {listing.name}")
            else:
                done += 1
        return done
