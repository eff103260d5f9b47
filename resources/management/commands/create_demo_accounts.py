"""Two accounts to try the site with, on the embedded SQLite alone."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from environs import Env

from resources.models.roles import SOCIAL_WORKER

User = get_user_model()
ENV_FILE = settings.BASE_DIR / ".env"
RIGHTS = {"curator": "a social worker, who curates listings", "staff": "may do everything"}


class Command(BaseCommand):
    help = "On SQLite: create the users 'curator' and 'staff' where they are missing, and print how to sign in (DEMO_PASSWORD in .env)."

    def handle(self, **options):
        if connection.vendor != "sqlite":
            raise CommandError("Demo accounts are for the embedded SQLite alone. Here: manage.py createsuperuser")
        password = stored_password() or new_password()
        with transaction.atomic():
            users = [User.objects.filter(username=name).first() or create(name, password) for name in RIGHTS]
        self.stdout.write("To sign in at /account/sign-in/:")
        for user in users:
            word = password if user.check_password(password) else "its own password (to set another: manage.py changepassword)"
            self.stdout.write(f"  {user.username:8} {word}   {RIGHTS[user.username]}")
        if settings.SECOND_FACTOR:
            self.stdout.write("The first page asks for a second step. To try the site without: SECOND_FACTOR=off script/server")


def stored_password():
    env = Env()
    env.read_env(str(ENV_FILE), recurse=False)
    return env.str("DEMO_PASSWORD", "")


def new_password():
    password = secrets.token_urlsafe(12)
    ENV_FILE.touch(mode=0o600)
    with ENV_FILE.open("a") as file:
        file.write(f"\n# Of the accounts that script/server made to try the site with.\nDEMO_PASSWORD={password}\n")
    return password


def create(name, password):
    if name == "staff":
        return User.objects.create_superuser(name, password=password)
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=SOCIAL_WORKER))
    return user
