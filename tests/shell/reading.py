"""A response as a browser reads it."""

import html5lib
from django.http import QueryDict
from html5lib.constants import E as SENTENCES

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page:
    """`all(path)` finds elements by ElementTree's XPath: `page.all('article[@data-kind="money"]')`."""

    def __init__(self, response):
        self.response = response
        self.html = response.content.decode()
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root = parser.parse(self.html)
        for element in self.root.iter():  # svg as plainly as the rest
            if isinstance(element.tag, str):
                element.tag = element.tag.rpartition("}")[2]
        # A strict parser raises at the first of these.
        self.parse_errors = [f"line {place[0]}: {SENTENCES[code] % words}" for place, code, words in parser.errors]

    def all(self, path):
        return self.root.findall(f".//{path}")

    def one(self, path):
        (found,) = self.all(path)
        return found

    def by_id(self, name):
        return self.one(f'*[@id="{name}"]')

    @property
    def main(self):
        return self.one("main")

    @property
    def title(self):
        return text(self.one("head/title"))

    @property
    def is_noindex(self):
        return any("noindex" in meta.get("content") for meta in self.all('meta[@name="robots"]'))

    @property
    def headings(self):
        return [element for element in self.root.iter() if element.tag in HEADINGS]

    @property
    def facts(self):
        """Pairs of the description lists: `{("Age", "Teens")}`."""
        return {(text(pair.find("dt")), text(pair.find("dd"))) for pair in self.all("dl/div")}

    @property
    def slugs(self):
        """Of the listings shown as cards, in their order."""
        return [card.get("data-resource") for card in self.all("article[@data-resource]")]

    @property
    def count(self):
        return int(self.by_id("result-count").get("data-count"))

    @property
    def options(self):
        """`{facet: {value: count}}` of the finder."""
        made = {}
        for option in self.all("*[@data-facet]"):
            made.setdefault(option.get("data-facet"), {})[option.get("data-value")] = int(option.get("data-count"))
        return made

    @property
    def chips(self):
        """Address behind each chip by what the chip shows."""
        return {shown(link): link.get("href") for link in self.all('a[@class="chip"]')}


def text(element):
    for line_break in element.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"  # it parts words, as a space does
    return " ".join("".join(element.itertext()).split())


def shown(element):
    """The text that is not only for screen readers, and not only for the eye."""
    parts = [element.text or ""]
    for child in element:
        hidden = child.get("class") == "visually-hidden" or child.get("aria-hidden") == "true"
        parts += ["" if hidden else shown(child), child.tail or ""]
    return " ".join("".join(parts).split())


def asked(address):
    """The parameters of an address, as a dict of lists."""
    return dict(QueryDict(address.partition("?")[2].partition("#")[0]).lists())
