"""What a listing's desk shows of its duplicates, in two queries."""

from django import template

from resources.curation.duplicates.showing import reasons_in_words
from resources.models import DuplicatePair, Merge

register = template.Library()


@register.simple_tag
def duplicates_of(listing):
    """`pairs`: open ones, `(pair, the other listing, reasons)`; `into`, `out_of`: merges that stand."""
    pairs = DuplicatePair.objects.open().of(listing)
    merges = list(Merge.objects.standing().of(listing).select_related("winner", "loser", "by"))
    return {
        "pairs": [(pair, pair.second if pair.first_id == listing.pk else pair.first, reasons_in_words(pair.reasons)) for pair in pairs],
        "into": [one for one in merges if one.loser_id == listing.pk],
        "out_of": [one for one in merges if one.winner_id == listing.pk],
    }
