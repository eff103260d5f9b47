"""For the only one on the staff, who lost phone and codes."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from resources.people.accounts import forget_second_factor


class Command(BaseCommand):
    help = "Take away somebody's second step and sign them out everywhere; they set up a new one at the next sign-in. It is logged."

    def add_arguments(self, parser):
        parser.add_argument("username")

    @transaction.atomic
    def handle(self, *, username, **options):
        person = get_user_model().objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody has the username '{username}'.")
        forget_second_factor(person, by=person)
        self.stdout.write(f"{username} sets up a new second step at the next sign-in.")
