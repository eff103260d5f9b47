"""One question in the words of each server, and the number of results that its answer tells."""

import gzip
import json
import re
from urllib.parse import urlencode

FACETS = ("need", "stage", "audience", "language", "format", "cost", "area")


def address(server, question):
    """Path and query of a question, `{kind, params, ancestors}`."""
    params = dict(question["params"])
    match server:
        case "site":
            return f"/find/?{urlencode(params)}"
        case "drf":
            return f"/?{urlencode(params)}"
        case "datasette":
            return _datasette(params, question["ancestors"])
        case _:
            return "/"


def _datasette(params, ancestors):
    asked = [("_size", 20), ("_facet", "kind"), *(("_facet_array", facet) for facet in FACETS), ("_facet_size", "max")]
    for name, value in params.items():
        if name == "q":
            asked.append(("_search", value))
        elif name == "condition":
            slugs = ", ".join(f"'{slug}'" for slug in ancestors)
            asked.append(("_where", f"(general = 1 or id in (select listing from about where condition in ({slugs})))"))  # noqa: S608
        else:
            asked.append((name if name == "kind" else f"{name}__arraycontains", value))
    return f"/listings.json?{urlencode(asked)}"


def count(server, body):
    """How many results an answer tells; None: it tells none."""
    text = (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
    match server:
        case "site":
            return int(re.search(r'id="result-count" data-count="(\d+)"', text)[1])
        case "drf":
            return json.loads(text)["count"]
        case "datasette":
            return json.loads(text)["filtered_table_rows_count"]
    return None
