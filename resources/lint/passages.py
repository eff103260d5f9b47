"""The texts of pages and listings, as the text lint reads them."""

from conditions.lint.checks import Passage

DISCERN = {
    "what_it_is": "what it is",
    "how_it_works": "8: how it works",
    "benefits": "9: its benefits",
    "harms": "10: its risks",
    "without_it": "11: what happens without it",
    "quality_of_life": "12: what it does to daily life",
    "alternatives": "14: the other choices",
    "unknowns": "2 and 8: what is not known",
    "time_and_cost": "its time and cost",
    "who_gives_it": "who gives it",
    "questions": "15: questions to decide together",
}
PROSE = {
    "": ("summary", "description", "first_step", "eligibility", "not_eligible", "documents", "fees", "waiting", "alert"),
    "therapy": (*DISCERN, "red_flag_reason", "red_flags"),
    "school": ("need_met", "looks_like", "how_to_ask", "evidence_to_bring", "clock", "if_refused"),
    "money": ("steps", "clock", "if_refused"),
    "service": ("schedule", "capacity"),
}
WARNING_SECTIONS = {"red_flags", "red_flag_reason", "questions"}


def page_passages(place, sections, lines=None):
    """`sections`: key → Markdown. `lines`: key → the line on which the text begins."""
    for key, text in sections.items():
        yield Passage(f"{place}: {key}", text, (lines or {}).get(key, 0))


def listing_passages(place, listing, line=lambda *path: 0):
    """Each text of a listing document. Its sources stand at its end: each text counts as cited where there are some."""
    is_warning = bool(listing.therapy and listing.therapy.red_flag_reason)
    for part, names in PROSE.items():
        owner = getattr(listing, part) if part else listing
        for name in names if owner else ():
            value = getattr(owner, name)
            text = "\n".join(f"- {one}" for one in value) if isinstance(value, list) else value
            if text:
                at = line(part, name) if part else line(name)
                warns = is_warning or name in WARNING_SECTIONS
                yield Passage(f"{place}: {name}", text, at, is_cited=bool(listing.sources), warns=warns)
    for number, row in enumerate(listing.evidence):
        text = "\n\n".join((row.why, row.cautions))
        yield Passage(
            f"{place}: evidence for {row.condition}", text, line("evidence", number, "why"), is_cited=bool(row.sources), warns=is_warning
        )
