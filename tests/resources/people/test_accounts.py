"""What is done with somebody's account by others: who may, what it does, and that it is logged."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from resources.models.roles import EDITOR, SOCIAL_WORKER, STAFF
from resources.people import accounts
from resources.people.accounts import DEACTIVATE, LINK, REACTIVATE, RESET
from tests.factories import PersonFactory
from tests.signing_in import code, enter

pytestmark = pytest.mark.django_db


def somebody(who):
    return PersonFactory(is_superuser=True) if who == "superuser" else PersonFactory(role=who)


def newcomer(role=SOCIAL_WORKER):
    person = PersonFactory(role=role, secured=False)
    person.set_unusable_password()
    person.save()
    return person


def logged():
    return [(one.user, one.object_id, one.get_change_message()) for one in LogEntry.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("by", "roles"),
    [
        (None, []),
        (SOCIAL_WORKER, []),
        (EDITOR, [SOCIAL_WORKER]),
        (STAFF, [SOCIAL_WORKER, EDITOR, STAFF]),
        ("superuser", [SOCIAL_WORKER, EDITOR, STAFF]),
    ],
)
def test_who_invites_whom(by, roles):
    by = somebody(by)
    for role in (SOCIAL_WORKER, EDITOR, STAFF):
        if role in roles:
            person = accounts.invite(by=by, role=role, username=role, first_name="Ada")
            assert (person.has_usable_password(), person.is_staff, person.is_superuser, person.first_name) == (False, True, False, "Ada")
            assert [group.name for group in person.groups.all()] == [role]
        else:
            with pytest.raises(accounts.Refused):
                accounts.invite(by=by, role=role, username=role)
            assert not User.objects.filter(username=role).exists()
    assert [(who, words) for who, _, words in logged()] == [(by, f"Invited as {role}.") for role in roles]


# by whom, with whom, what they may do
MAY = [
    (SOCIAL_WORKER, newcomer, set()),
    (EDITOR, newcomer, {LINK}),
    (EDITOR, lambda: newcomer(EDITOR), set()),
    (EDITOR, lambda: newcomer(None), set()),
    (EDITOR, lambda: somebody(SOCIAL_WORKER), set()),
    (STAFF, newcomer, {LINK, DEACTIVATE, RESET}),
    (STAFF, lambda: somebody(EDITOR), {LINK, DEACTIVATE, RESET}),
    (STAFF, lambda: somebody(STAFF), {LINK, DEACTIVATE, RESET}),
    (STAFF, lambda: somebody("superuser"), set()),
    (STAFF, lambda: PersonFactory(role=EDITOR, is_active=False), {REACTIVATE}),
    ("superuser", lambda: somebody("superuser"), {LINK, DEACTIVATE, RESET}),
]
VERBS = {LINK: accounts.link, DEACTIVATE: accounts.deactivate, REACTIVATE: accounts.reactivate, RESET: accounts.reset_second_factor}


@pytest.mark.parametrize(("by", "whom", "verbs"), MAY)
def test_who_may_do_what_with_whom(by, whom, verbs):
    by = somebody(by)
    for verb, carry_out in VERBS.items():
        person = whom()
        before = User.objects.filter(pk=person.pk).values().get()
        if verb in verbs:
            carry_out(person=person, by=by)
            assert logged()[-1][:2] == (by, str(person.pk))
        else:
            with pytest.raises(accounts.Refused):
                carry_out(person=person, by=by)
            assert User.objects.filter(pk=person.pk).values().get() == before


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_does_it_to_themselves(verb):
    boss = somebody("superuser")
    with pytest.raises(accounts.Refused, match="your own account"):
        VERBS[verb](person=boss, by=boss)


def test_a_lost_second_step_is_reset_and_every_session_ends(client):
    person, boss = somebody(EDITOR), somebody(STAFF)
    enter(client, person)
    client.post("/account/second-step/authenticate/", {"code": code()})
    assert client.get("/work/").status_code == 200
    accounts.reset_second_factor(person=person, by=boss)
    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/work/").url == "/account/sign-in/?next=/work/"
    assert logged() == [(boss, str(person.pk), "Second step reset.")]


def test_the_console_helps_the_only_one_on_the_staff(capsys):
    boss = somebody("superuser")
    call_command("reset_second_factor", boss.username)
    assert not Authenticator.objects.exists()
    assert "at the next sign-in" in capsys.readouterr().out
    assert logged() == [(boss, str(boss.pk), "Second step reset.")]
    with pytest.raises(CommandError, match="Nobody has the username 'x'"):
        call_command("reset_second_factor", "x")
