"""By what a listing is recognized: pairs of a kind of key and a spelling in which equal means equal. No database is asked."""

import re
from urllib.parse import unquote, urlsplit

from conditions.names import fold

from ..models import MatchKey

Kind = MatchKey.Kind
LONGEST = 200
# They are in a name or not, without another being meant.
SILENT = frozenset(
    ["a", "an", "and", "at", "by", "co", "corp", "corporation", "for", "from", "in", "inc"]
    + ["incorporated", "limited", "llc", "ltd", "of", "on", "or", "our", "the", "to", "with"]
)
_AFTER_NUMBER = re.compile(r"\b(?:ext|extension|option|opt|press|x)\b.*|\bx(?=\d).*|#\s*\d+\s*$", re.IGNORECASE)
_KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_PAGE_NAMES = re.compile(r"/(?:index|default|home)\.\w+$")


def before_extension(number):
    """
    >>> before_extension("1 (800) 555-0100 x 12"), before_extension("800-555-0100 #4")
    ('1 (800) 555-0100 ', '800-555-0100 ')
    """
    return _AFTER_NUMBER.sub("", number)


def phone(number):
    """Its ten digits; all of a number of another country; fewer for a short code.

    >>> phone("1 (800) 555-0100"), phone("+1.800.555.0100 ext. 12"), phone("1-800-4-AUTISM"), phone("711 (relay)")
    ('8005550100', '8005550100', '8004288476', '711')
    >>> phone("+44 20 7946 0018"), phone("ask at the desk")
    ('442079460018', '')
    """
    said = before_extension(number).strip().lower()
    digits = re.sub(r"\D", "", said)
    if digits and len(digits) < 10:
        spelled = re.sub(r"\D", "", said.translate(_KEYPAD))
        digits = spelled if len(spelled.removeprefix("1")) == 10 else digits
    if said.startswith("+") and not digits.startswith("1"):
        return digits
    return digits.removeprefix("1")[:10] if len(digits) > 10 else digits


def host(address):
    """
    >>> host("https://www.Example.org:443/about"), host("example.org/x"), host("")
    ('example.org', 'example.org', '')
    """
    try:
        name = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:  # brackets that are no IPv6 number
        return ""
    return name.removeprefix("www.").rstrip(".")


def page(address):
    """A site and the page on it, whatever the scheme, query, or ending.

    >>> page("http://www.example.org/index.html?utm=1"), page("https://facebook.com/A-Group/#top")
    ('example.org', 'facebook.com/a-group')
    """
    if not host(address):
        return ""
    path = unquote(urlsplit(address if "//" in address else f"//{address}").path).lower().rstrip("/")
    return host(address) + _PAGE_NAMES.sub("", path)


def words(name):
    """What a name says, in its order.

    >>> words("The National Ataxia Foundation, Inc.")
    ['national', 'ataxia', 'foundation']
    """
    return [word for word in fold(name.replace("-", " ").replace("/", " ")).split() if word not in SILENT]


def recognized_by(*, name="", also_known_as=(), website="", email="", phones=(), places=(), provider="", codes=()):
    """`{(kind, key)}`. `places`: (street, city, region) each.

    >>> sorted(recognized_by(name="Ataxia Help", website="https://example.org/", phones=["1-800-555-0100"]))
    ... # doctest: +NORMALIZE_WHITESPACE
    [('domain', 'example.org'), ('name', 'ataxia help'), ('page', 'example.org'), ('phone', '8005550100'),
     ('word', 'ataxia'), ('word', 'help')]
    """
    found = {(Kind.NAME, " ".join(words(name)))} | {(Kind.ALIAS, " ".join(words(other))) for other in also_known_as}
    found |= {(Kind.WORD, word) for one in (name, *also_known_as) for word in words(one)}
    found |= {(Kind.PHONE, phone(number)) for number in phones if len(phone(number)) >= 3}
    found |= {(Kind.PAGE, page(website)), (Kind.DOMAIN, host(website)), (Kind.EMAIL, email.strip().lower())}
    found |= {(Kind.STREET, fold(street)) for street, _city, _region in places}
    found |= {(Kind.TOWN, fold(f"{city} {region}")) for _street, city, region in places if city}
    found |= {(Kind.PROVIDER, provider)} | {(Kind.CODE, fold(code).replace(" ", "")) for code in codes}
    return {(kind.value, key[:LONGEST]) for kind, key in found if key}


def keys_of(document):
    """Those of a whole listing document."""
    part = getattr(document, document.kind, None)
    return recognized_by(
        name=document.name,
        also_known_as=document.also_known_as,
        website=document.website,
        email=document.email,
        phones=[one.number for one in document.phones],
        places=[(one.address, one.city, one.region) for one in document.locations],
        provider=getattr(part, "provider", None) or "",
        codes=getattr(part, "identifiers", ()),
    )
