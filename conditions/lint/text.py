"""A text as the lint reads it: blocks under headings, with their lines, split into sentences."""

import re
from dataclasses import dataclass

CITATION = re.compile(r"\s*\[\^[^\]\s]+\]")
# Ways in which a text without Markdown notes names its source.
_NAMES_SOURCE = re.compile(
    r"\[\^|\[\d+\]|\bhttps?://|\bsources?:|\baccording to [A-Z]|\([^()]*\b(?:19|20)\d\d[a-z]?\)|\b(?:doi|PMID|PMC)[:\s]?\d", re.IGNORECASE
)
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"\s*(?:[-*+•–]|\(?\d{1,2}[.)])\s+(.*)")
_MARKS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|<[^<>]{1,200}>")
_LINK = re.compile(r"\[([^\[\]^]{1,300})\]\([^)]{0,2000}\)")
_END = re.compile(r"[.!?…][\"”’)\]]*(\s+)(?=[\"“‘(\[]?[A-Z0-9])")
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx|Dr|Mr|Mrs|Ms|St|No|Inc|Ltd|Sec|U\.S|a\.m|p\.m|[A-Z])\.$")
LONGEST_TITLE = 12  # words: a line of its own with no full stop and no more words is a title
WORD = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?")


@dataclass(frozen=True)
class Block:
    """A paragraph, an item of a list, a row of a table or a title. `text` is plain; `is_cited`: it names a source."""

    text: str
    line: int
    heading: str = ""
    kind: str = "paragraph"  # paragraph, item, row, title
    is_cited: bool = False

    @property
    def sentences(self):
        return sentences(self.text)


def sentences(text):
    """The sentences of a block.

    >>> sentences("Ask Dr. Who. It may help (a bit). Then go.")
    ['Ask Dr. Who.', 'It may help (a bit).', 'Then go.']
    """
    found, start = [], 0
    for end in (*(gap.start(1) for gap in _END.finditer(text)), len(text)):
        piece = text[start:end].strip()
        if end == len(text) or not _SHORT.search(piece):
            found += [piece] if piece else []
            start = end
    return found


def blocks(text, first_line=1, heading=""):
    """The `Block`s of Markdown or plain text, in order."""
    made, lines, start = [], [], first_line

    def close(kind="paragraph"):
        nonlocal heading
        if lines:
            block = _block(" ".join(lines), start, heading, kind)
            if kind == "paragraph" and _is_title(block.text):
                heading, block = block.text, Block(block.text, start, block.text, "title")
            made.append(block)
            lines.clear()

    kind = "paragraph"
    for number, raw in enumerate(text.splitlines(), first_line):
        line = raw.strip()
        title, item = _HEADING.match(line), _ITEM.match(raw)
        if not line or title or item or line.startswith("|"):
            close(kind)
            kind = "paragraph"
        if title:
            heading = _plain(title[1])
            made.append(Block(heading, number, heading, "title"))
        elif line.startswith("|"):
            made += [] if set(line) <= set("|-: ") else [_block(line.strip("|").replace("|", ". "), number, heading, "row")]
        elif item:
            kind, start = "item", number
            lines.append(item[1])
        elif line:
            start = start if lines else number
            lines.append(line)
    close(kind)
    return made


def _is_title(text):
    return len(text.split()) <= LONGEST_TITLE and not text.endswith((".", "!", "…", ":", ";", ",")) and "[^" not in text


def _plain(text):
    """Without citations and marks of Markdown.

    >>> _plain("**Ask** [the team](https://x.org) first. [^nih]")
    'Ask the team first.'
    """
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", CITATION.sub("", text))).split())


def _block(text, line, heading, kind):
    return Block(_plain(text), line, heading, kind, bool(_NAMES_SOURCE.search(text)))
