"""Small charts as numbers: templates draw them as SVG without script or style. Colours are classes of the stylesheet."""

from dataclasses import dataclass

WIDTH = 320  # of the drawing's own units: about the pixels of a phone
LINE, BAR = 44, 14  # a bar's place with its label above it, its height
TALL, FOOT = 120, 20  # the tallest column, the names below


@dataclass
class Mark:
    """A bar or a column, and where it is drawn."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self):
        return round(self.x + self.width / 2, 1)


def bars(rows, whole):
    """Bars below each other, of `[(label, value)]`, each a share of the whole; `{marks, width, height}`.

    >>> [mark.width for mark in bars([("a", 2), ("b", 1), ("c", 0)], whole=4)["marks"]]
    [160.0, 80.0, 0.0]
    """
    marks = [
        Mark(label, value, 0, place * LINE + 22, round(WIDTH * value / (whole or 1), 1), BAR) for place, (label, value) in enumerate(rows)
    ]
    return {"marks": marks, "width": WIDTH, "height": len(rows) * LINE}


def columns(rows):
    """Columns beside each other, of `[(label, value)]`; `{marks, width, height, floor}`.

    >>> [(mark.y, mark.height) for mark in columns([("a", 4), ("b", 1)])["marks"]]
    [(20.0, 120.0), (110.0, 30.0)]
    """
    most = max((value for _label, value in rows), default=0) or 1
    step = WIDTH / max(len(rows), 1)
    floor = FOOT + TALL
    marks = []
    for place, (label, value) in enumerate(rows):
        height = round(TALL * value / most, 1)
        marks.append(Mark(label, value, round(place * step + 3, 1), floor - height, round(step - 6, 1), height))
    return {"marks": marks, "width": WIDTH, "height": floor + FOOT, "floor": floor}
