"""What a listing's desk shows of its duplicates, in one query, and a second where it was merged."""

from django import template

from resources.curation.duplicates.showing import reasons_in_words
from resources.models import DuplicatePair, Merge

register = template.Library()
State = DuplicatePair.State


@register.simple_tag
def duplicates_of(listing):
    """`pairs`: open ones, `(pair, the other listing, reasons)`; `into`, `out_of`: merges that stand."""
    known = list(DuplicatePair.objects.of(listing).filter(state__in=(State.OPEN, State.MERGED)).select_related("first", "second"))
    pairs = [pair for pair in known if pair.state == State.OPEN]
    merges = list(Merge.objects.standing().of(listing).select_related("winner", "loser", "by")) if len(pairs) < len(known) else []
    return {
        "pairs": [(pair, pair.second if pair.first_id == listing.pk else pair.first, reasons_in_words(pair.reasons)) for pair in pairs],
        "into": [one for one in merges if one.loser_id == listing.pk],
        "out_of": [one for one in merges if one.winner_id == listing.pk],
    }
