"""What a person may do with a listing now. The verbs check it again: this only keeps from the page what would be refused."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from conditions.editorial import State

from ... import document as documents
from ... import workflow
from ...completeness import missing
from ...document.difference import difference
from ...models.roles import May


@dataclass(frozen=True)
class Step:
    """A verb that moves a listing from the state `start`; `done` is said afterwards."""

    verb: str
    label: Promise
    start: State
    may: May
    carry_out: Callable
    done: Promise
    needed: Promise | str = ""  # what a reason is needed for; empty where there need be none

    @property
    def needs_reason(self):
        return bool(self.needed)


STEPS = [
    Step("submit", later("Submit for review"), State.DRAFT, May.SUBMIT, workflow.submit, later("Submitted. An editor reviews it next.")),
    Step("publish", later("Publish"), State.IN_REVIEW, May.PUBLISH, workflow.publish, later("Published: families see it now.")),
    Step(
        "send_back",
        later("Send back"),
        State.IN_REVIEW,
        May.SEND_BACK,
        workflow.send_back,
        later("Sent back to draft. Your reason stands in its history."),
        needed=later("sending back"),
    ),
    Step(
        "retire",
        later("Retire"),
        State.PUBLISHED,
        May.RETIRE,
        workflow.retire,
        later("Retired: families no longer see it, and nothing is lost."),
        needed=later("retiring"),
    ),
    Step(
        "reopen",
        later("Reopen as a draft"),
        State.RETIRED,
        May.RESTORE,
        workflow.reopen,
        later("Reopened as a draft: mend it, then submit it for review."),
        needed=later("reopening"),
    ),
]


class StepForm(forms.Form):
    """`base`: the revision that the person has read."""

    why = forms.CharField(label=later("Why"), max_length=500, required=False, help_text=later("A few words, kept in the history."))
    base = forms.IntegerField(widget=forms.HiddenInput)
    edit = 0  # the waiting edit that it decides on, if any

    def read_again(self, number):
        """A refused form stands beside the listing as it is now: sent again, it is about that."""
        self.data = self.data.copy()
        self.data["base"] = number
        return self


def may(person, permission):
    return person.has_perm(permission.name_in_full)


def why_not_publish(listing, document, person, lacks):
    """Why the person cannot publish what is in review, as a sentence; empty where they can."""
    if lacks:
        return _("It cannot be published before it is complete: send it back, or mend it.")
    if what := workflow.hinders_publishing(listing, document, person):
        return _("You wrote this text. %(what)s needs a second person: another editor publishes it.") % {"what": what}
    return ""


def open_steps(listing, document, person, lacks):
    """`(steps, hindrance)`: the steps that will work now, and why publishing is not among them where the role allows it."""
    steps = [step for step in STEPS if step.start == listing.state and may(person, step.may)]
    if not any(step.verb == "publish" for step in steps):
        return steps, ""
    hindrance = why_not_publish(listing, document, person, lacks)
    return [step for step in steps if step.verb != "publish" or not hindrance], hindrance


def waiting(edit, current, number, person):
    """An edit that waits for a second person: its changes, and what this person may decide of it."""
    document = documents.read(edit.document)
    is_own, is_stale, lacks = edit.by_id == person.pk, edit.base != number, missing(document)
    may_apply = may(person, May.PUBLISH)
    if is_stale:
        hindrance = _("The listing has changed since this was written: decline it, and write the change anew.")
    elif lacks:
        hindrance = _("It cannot be applied: %(lacks)s.") % {"lacks": "; ".join(lacks)}
    else:
        hindrance = _("You wrote it: another editor applies it.") if is_own and may_apply else ""
    return {
        "edit": edit,
        "changes": difference(current, document),
        "hindrance": hindrance,
        "may_apply": may_apply and not hindrance,
        "may_decline": is_own or may(person, May.SEND_BACK),
        "is_own": is_own,
        "form": StepForm(initial={"base": number}, auto_id=f"id_edit{edit.pk}_%s"),
    }
