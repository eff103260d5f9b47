"""Plots as SVG that read in light and dark, without a library."""

from math import log10

SERVERS = {
    "site": "Caregiver Finder",
    "bare": "bare Django view",
    "drf": "django-filter + DRF",
    "datasette": "Datasette",
}
_STYLE = """<style>
text{font:14px system-ui,sans-serif;fill:#24292f}.muted{fill:#57606a}.title{font-weight:600;font-size:16px}.grid{stroke:#d0d7de}
.line{fill:none;stroke-width:2.5}.site{--c:#0b6e6e}.bare{--c:#6e7781}.drf{--c:#6639ba}.datasette{--c:#b35900}
.line{stroke:var(--c)}
.dot{fill:var(--c)}.label{fill:var(--c)}.dashed{stroke-dasharray:6 4}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.muted{fill:#9198a1}.grid{stroke:#3d444d}
.site{--c:#4fd1c5}.bare{--c:#b1bac4}.drf{--c:#c297ff}.datasette{--c:#f0a35e}}</style>"""


def _svg(width, height, title, body):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{title}</title>{_STYLE}<text class='title' x='16' y='24'>{title}</text>{''.join(body)}</svg>\n"
    )


def ms(value):
    """Milliseconds as people read them.

    >>> ms(0.1234), ms(12.34), ms(2345.6)
    ('0.12 ms', '12 ms', '2.3 s')
    """
    return f"{value / 1000:.2g} s" if value >= 1000 else f"{value:.0f} ms" if value >= 10 else f"{value:.2g} ms"


def lines(title, series):
    """Growth, both axes logarithmic. `series`: `[(server, label, [(listings, ms), …], is dashed), …]`."""
    width, height, left, right, top, bottom = 760, 420, 64, 196, 44, 44
    points = [point for *_, line, _dashed in series for point in line]
    xs, ys = [log10(x) for x, _y in points], [log10(y) for _x, y in points]
    first, last, low, high = min(xs), max(xs), int(min(ys) // 1), -int(-max(ys) // 1)

    def place(x, y):
        across = (log10(x) - first) / ((last - first) or 1)
        return left + across * (width - left - right), height - bottom - (log10(y) - low) / ((high - low) or 1) * (height - top - bottom)

    body = []
    for power in range(low, high + 1):
        y = place(10**first, 10**power)[1]
        body.append(f"<line class='grid' x1='{left}' x2='{width - right}' y1='{y:.0f}' y2='{y:.0f}'/>")
        body.append(f"<text class='muted' text-anchor='end' x='{left - 8}' y='{y + 5:.0f}'>{ms(10**power)}</text>")
    for size in sorted({x for x, _y in points}):
        body.append(f"<text class='muted' text-anchor='middle' x='{place(size, 1)[0]:.0f}' y='{height - 16}'>{size:,}</text>")
    ends = []
    for server, label, line, dashed in series:
        at = [place(*point) for point in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        body.append(f"<polyline class='line {server}{' dashed' if dashed else ''}' points='{path}'/>")
        body += [f"<circle class='dot {server}' cx='{x:.1f}' cy='{y:.1f}' r='4'/>" for x, y in at]
        ends.append([at[-1][1], at[-1][0], server, label])
    for y, x, server, label in _apart(ends, 18):
        body.append(f"<text class='label {server}' x='{x + 10:.0f}' y='{y + 5:.0f}'>{label}</text>")
    return _svg(width, height, title, body)


def _apart(ends, least):
    """Labels moved down until none covers another."""
    made = []
    for y, *rest in sorted(ends):
        made.append([max(y, made[-1][0] + least) if made else y, *rest])
    return made


def dots(title, groups):
    """`groups`: `[(label, [(server, ms), …]), …]`, on a logarithmic scale, since they lie far apart."""
    width, left, right, step, top = 760, 190, 84, 20, 88
    values = [value for _label, row in groups for _server, value in row]
    low, high = int(log10(min(values)) // 1), -int(-log10(max(values)) // 1)
    bottom = top + sum(step * len(row) + 16 for _label, row in groups)

    def place(value):
        return left + (log10(value) - low) / ((high - low) or 1) * (width - left - right)

    servers = list(dict.fromkeys(server for _label, row in groups for server, _value in row))
    body = []
    for number, server in enumerate(servers):
        body.append(f"<circle class='dot {server}' cx='{22 + number * 180}' cy='46' r='6'/>")
        body.append(f"<text x='{34 + number * 180}' y='51'>{SERVERS[server]}</text>")
    for power in range(low, high + 1):
        x = place(10**power)
        body.append(f"<line class='grid' x1='{x:.0f}' x2='{x:.0f}' y1='{top}' y2='{bottom}'/>")
        body.append(f"<text class='muted' text-anchor='middle' x='{x:.0f}' y='{top - 8}'>{ms(10**power)}</text>")
    y = top + 16
    for label, row in groups:
        body.append(f"<text text-anchor='end' x='{left - 16}' y='{y + step * (len(row) - 1) / 2 + 5:.0f}'>{label}</text>")
        for server, value in row:
            body.append(f"<circle class='dot {server}' cx='{place(value):.0f}' cy='{y}' r='6'/>")
            body.append(f"<text class='muted' x='{place(value) + 12:.0f}' y='{y + 5}'>{ms(value)}</text>")
            y += step
        y += 16
    return _svg(width, bottom + 16, title, body)
