"""The typed shapes that condition files, condition documents and listing documents share."""

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\n\r\x00]*$", max_length=500)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\n\r\x00]+$", max_length=200)]
Item = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\n\r\x00]+$", max_length=500)]
# A browser ends lines with CR LF; a text keeps LF alone, so that saving a form without a change changes nothing.
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[^\x00]*$", max_length=20_000),
    AfterValidator(lambda text: text.replace("\r\n", "\n").replace("\r", "\n")),
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
TermSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^(https?://[^\s\x00-\x1f]+)?$", max_length=500)]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^([^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+)?$", max_length=200)
]


def pattern_of(shape):
    """The pattern of one of the texts above."""
    return next(one.pattern for one in shape.__metadata__ if isinstance(one, StringConstraints))


def short(length):
    """One line of at most `length` characters: what a column holds."""
    return StringConstraints(strip_whitespace=True, pattern=r"^[^\n\r\x00]*$", max_length=length)


Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:-]+$", max_length=20)]
System = Literal["mondo", "orphanet", "omim", "icd10cm", "mesh", "doid"]
CITATION = re.compile(r"\[\^([^\]\s]+)\]")
LONGEST_REVIEW_GAP = timedelta(days=3 * 365 + 1)  # 36 months
OwnerKind = Literal[
    "government", "hospital", "university", "charity", "journal", "company", "law_firm", "news", "reference", "individual", "other"
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class PageSource(Shape):
    """A page that was really read, or the dossier's record of it."""

    title: Name
    publisher: Name
    owner_kind: OwnerKind
    url: Url = ""
    published: Line = ""  # in words as precise as the source: "2019", "March 2024"
    seen_on: date
    supports: Line  # what was seen there: it supports only this


class Source(PageSource):
    key: Slug


class NameShape(Shape):
    name: Name
    kind: Literal["synonym", "abbreviation", "report", "former"] = "synonym"
    language: Annotated[str, short(10)] = "en"


class GeneShape(Shape):
    symbol: Annotated[str, short(30)]
    inheritance: Annotated[str, short(200)] = ""
    change: Annotated[str, short(200)] = ""
    causes: Annotated[str, short(300)] = ""
    association: Annotated[str, short(200)] = ""
    source: Annotated[str, short(200)] = ""
