"""What a page or a listing lacks beside its words: DISCERN's answers, review dates, fresh sources of fit owners."""

from datetime import date, timedelta

from conditions.lint.checks import Finding

from .passages import DISCERN

STALE, TOO_OLD = timedelta(days=366), timedelta(days=3 * 365 + 1)  # T4: a review within 36 months


def gaps(place, listing, today=None):
    """What a listing document lacks beside its words: DISCERN's answers, dates of US status, fresh sources of fit owners."""
    findings = [*_discern(place, listing), *sources(place, listing.sources, today)]
    for row in listing.evidence:
        where = f"{place}: evidence for {row.condition}"
        if not row.sources:
            findings.append(_error(where, "discern", "The label has no source.", "Cite what it rests on."))
        if row.us_status != "not_applicable" and not row.us_status_note:
            why = "The US status has no date."
            findings.append(_error(where, "us-status-date", why, "Say since when or as of when, in words as precise as the source."))
    return findings


def _discern(place, listing):
    if not listing.therapy:
        return
    for name, question in DISCERN.items():
        if not getattr(listing.therapy, name):
            yield _error(
                f"{place}: {name}",
                "discern",
                f"DISCERN's question is open: {question}.",
                "Answer it, even if the answer is that nobody knows.",
            )
    if not listing.evidence:
        yield _error(place, "discern", "It has no evidence label.", "Add one for each condition it is used for.")
    if any(row.standing == "avoid" for row in listing.evidence) and not (listing.therapy.red_flags or listing.therapy.red_flag_reason):
        yield _error(place, "discern", "It is to be avoided and does not say why.", "Fill in the red flags.")


def review(place, reviewed_on, next_review_on, today=None):
    """Findings about a page's review dates."""
    today = today or date.today()
    if not reviewed_on or not next_review_on:
        yield _error(place, "review-date", "It does not say when it was reviewed and when the next review is due.", "Add both dates.")
    elif next_review_on < today:
        yield _error(place, "review-date", f"Its review was due on {next_review_on}.", "Read it again, mend it and set new dates.")


def sources(place, rows, today=None):
    """Findings about sources: `rows` have title, publisher, owner_kind and seen_on."""
    today = today or date.today()
    for source in rows:
        age, named = today - source.seen_on, f"{source.publisher}: {source.title}"
        if age > STALE:
            why = f"Nobody has looked at it since {source.seen_on}."
            yield Finding(
                place, 0, "error" if age > TOO_OLD else "advice", "stale-source", named[:90], why, "Open it again; mend what has changed."
            )
        if source.owner_kind == "law_firm":
            yield Finding(
                place, 0, "error", "source-owner", named[:90], "It is a law firm's marketing.", "Find a public or medical source."
            )
    if rows and all(source.owner_kind == "company" for source in rows):
        why = "All its sources are companies that sell something."
        yield Finding(place, 0, "advice", "source-owner", "", why, "Add a source that sells nothing.")


def _error(place, rule, why, mend):
    return Finding(place, 0, "error", rule, "", why, mend)
