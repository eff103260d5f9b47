"""One person before one listing: what it says now, who else writes, and the form with what was typed."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User

from conditions.editorial import State

from ... import document as documents
from ...models import Edit, Resource
from ...workflow import LOADED, two_persons
from . import choosing, drafts
from .sheet import Sheet, empty, sent

LATEST = 5  # revisions that are read at once


@dataclass
class Sitting:
    person: User
    kind: str
    listing: Resource | None = None
    is_elsewhere = False  # whether what was typed here could not be kept, since another tab holds the draft

    def keep(self, data):
        """The draft of what was typed, or None where another tab of the same person has kept one."""
        mine, others = self.drafts
        kept = drafts.keep(**self.whose, data=data, known=mine)
        self.is_elsewhere = kept is None
        if kept:
            self.drafts = kept, others
        else:
            del self.drafts
        return kept

    @property
    def whose(self):
        """Whose draft of what."""
        return {"by": self.person, "kind": self.kind, "listing": self.listing}

    @cached_property
    def revisions(self):
        return list(self.listing.revisions.all()[:LATEST]) if self.listing else []

    @property
    def latest(self):
        return self.revisions[0].number if self.revisions else 0

    @cached_property
    def document(self):
        """The listing as it is now; None of a new one."""
        return documents.now(self.listing, self.revisions).document if self.listing else None

    def at(self, number):
        """The document of a revision; None where there is none."""
        return documents.at(self.listing, number, self.revisions)

    @cached_property
    def was_public(self):
        """Whether families may know its address: then it stays, even while it is a draft again."""
        return self.listing.revisions.filter(verb__in=("publish", LOADED[State.PUBLISHED])).exists()

    @cached_property
    def drafts(self):
        return drafts.mine_and_others(**self.whose)

    def opened(self):
        """The form's content at first: the person's draft, else the listing, else nothing."""
        if self.drafts[0]:
            return drafts.restored(self.drafts[0])
        return sent(self.document.model_dump(mode="json"), self.latest) if self.listing else empty(self.kind)

    def sheet(self, data, *, judged=False, saving=False):
        keeps = self.listing.slug if self.listing and (self.listing.state != State.DRAFT or self.was_public) else ""
        is_public = bool(self.listing) and self.listing.state == State.PUBLISHED
        return Sheet(self.kind, data, judged=judged, saving=saving, slug=keeps, is_public=is_public)

    def choices(self, sheet):
        """The fields that two people changed and about which the form still asks; None where there are none."""
        if not self.listing or not sheet.data.getlist("conflict"):
            return None
        theirs = self.at(sheet.base) or self.document
        names = choosing.asked(sheet.data, theirs)
        return choosing.Choices(sheet.data, names=names, mine=sheet.plain, theirs=theirs, judged=sheet.reason.judged) if names else None

    def since(self, base):
        """What others saved since the revision on which the form was written."""
        return [one for one in self.revisions if one.number > base]

    @property
    def others(self):
        """Drafts of others, and what they saved a short while ago."""
        return {"drafts": self.drafts[1], "saved": drafts.saved_lately(self.revisions, self.person)}

    @property
    def two_persons(self):
        """What it is that takes two persons, if anything."""
        return two_persons(self.document)

    @property
    def waiting(self):
        """Edits that wait for a second person: what is opened here is without them."""
        if not self.listing:
            return []
        return list(self.listing.edits.filter(state=Edit.State.WAITING).select_related("by"))
