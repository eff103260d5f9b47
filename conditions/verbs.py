"""The steps of histories, a listing's and a condition page's alike: what each is called, and what it does. The one table of verbs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Verb:
    """`told`: in a history; `deed`: in a day's work. `writes` content; `moves` from state to state; `is_seen`: families may read
    something else after it, if they read the listing before."""

    told: Promise | str
    deed: Promise | str
    writes: bool = False
    moves: bool = False
    is_seen: bool = False


VERBS = {
    "start": Verb(_("As it was at first"), _("Kept as it was")),
    "load": Verb(_("Loaded from the files"), _("Loaded")),
    "load_draft": Verb(_("Loaded from the starter catalogue, as a draft"), _("Loaded")),
    "load_published": Verb(_("Loaded from the starter catalogue, and published"), _("Loaded"), is_seen=True),
    "create": Verb(_("Written as a draft"), _("Written"), writes=True),
    "edit": Verb(_("Edited"), _("Edited"), writes=True, is_seen=True),
    "apply": Verb(_("A waiting edit was applied"), _("Edit applied"), writes=True, is_seen=True),
    "restore": Verb(_("An earlier revision was brought back"), _("Restored"), writes=True, is_seen=True),
    "import": Verb(_("Imported from a file"), _("Imported"), writes=True, is_seen=True),
    "merge": Verb(_("Merged with another listing"), _("Merged"), writes=True, is_seen=True),
    "unmerge": Verb(_("A merge was undone"), _("Merge undone"), writes=True, is_seen=True),
    "submit": Verb(_("Submitted for review"), _("Submitted"), moves=True),
    "send_back": Verb(_("Sent back to draft"), _("Sent back"), moves=True),
    "publish": Verb(_("Published"), _("Published"), moves=True),
    "retire": Verb(_("Retired"), _("Retired"), moves=True, is_seen=True),
    "reopen": Verb(_("Reopened as a draft"), _("Reopened"), moves=True),
    "age": Verb(_("Taken down: not confirmed for too long"), _("Taken down for its age"), moves=True, is_seen=True),
    "check": Verb(_("Checked with the provider"), _("Checked")),
    "no_answer": Verb(_("Tried to reach the provider: no answer"), _("Tried to reach")),
    "number_dead": Verb(_("Tried to reach the provider: the number is dead"), _("Tried to reach"), is_seen=True),
}
WRITING = tuple(name for name, verb in VERBS.items() if verb.writes)
MOVING = tuple(name for name, verb in VERBS.items() if verb.moves)
UNSEEN = tuple(name for name, verb in VERBS.items() if not verb.is_seen)
PUBLISHING = ("publish", "load_published")  # with the first of these families see it for the first time
ASKING = ("check", "no_answer", "number_dead")  # the provider was asked, or somebody tried


def told(name):
    return VERBS[name].told if name in VERBS else name
