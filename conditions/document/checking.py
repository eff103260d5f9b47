"""What a condition document lacks to be shown as a page."""

from datetime import timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..models import SectionKind
from ..shapes import LONGEST_REVIEW_GAP


class Lack(NamedTuple):
    """`field` is the document's own name for it: `funding`, `sections.school`."""

    field: str
    sentence: str


def lacks(document):
    """What must be mended before families may see the page, in the document's order."""
    found = []
    if SectionKind.MAIN_MESSAGE not in document.sections:
        found.append(Lack("sections.main-message", _("It has no “What matters first”: two or three sentences and three steps.")))
    found += _unknown_citations(document)
    if not document.sources:
        found.append(Lack("sources", _("It names no source.")))
    return found + _review(document.review)


def _unknown_citations(document):
    keys = [source.key for source in document.sources]
    for kind in document.sections:
        for key in document.cited(kind):
            if key not in keys:
                words = {"section": SectionKind(kind).label, "key": key, "keys": ", ".join(keys) or "–"}
                sentence = _("“%(section)s” cites [^%(key)s], which is no source of this page. Its sources: %(keys)s.") % words
                yield Lack(f"sections.{kind}", sentence)


def _review(review):
    found = []
    if not review.reviewer:
        found.append(Lack("reviewer", _("Say who reviewed it, by role. “Not yet reviewed by a clinician” is an answer.")))
    if not review.reviewed_on:
        found.append(Lack("reviewed_on", _("Say on which day it was last looked through.")))
    if not review.next_review_on:
        found.append(Lack("next_review_on", _("Say when the next review is due.")))
    elif review.reviewed_on and not timedelta(0) < review.next_review_on - review.reviewed_on <= LONGEST_REVIEW_GAP:
        found.append(Lack("next_review_on", _("The next review comes after the last one, within 36 months.")))
    if not review.funding:
        found.append(Lack("funding", _("Say who paid for it, even if nobody did.")))
    return found
