"""From the checked glossary file to rows. What staff have changed since the last load is left as it is."""

import json
from collections import Counter
from hashlib import sha256

from django.db import transaction

from .models import GlossarySource, GlossaryTerm

FIELDS = ("term", "forms", "plain", "means", "topic")


@transaction.atomic
def load(glossary):
    """Write a `GlossaryShape`. Returns a `Counter` of new, changed and same, and the slugs that were left alone."""
    sources = {
        key: GlossarySource.objects.update_or_create(key=key, defaults=source.model_dump())[0] for key, source in glossary.sources.items()
    }
    rows = {row.slug: row for row in GlossaryTerm.objects.select_related("source")}
    counts, kept = Counter(), []
    for slug, shape in glossary.terms.items():
        row = rows.get(slug)
        wanted = _fingerprint(shape.model_dump())
        stored = row and _fingerprint({name: getattr(row, name) for name in FIELDS} | {"source": row.source and row.source.key})
        if stored == wanted:
            counts["same"] += 1
        elif row and stored != row.loaded:
            kept.append(slug)
        else:
            values = {name: getattr(shape, name) for name in FIELDS} | {"source": sources.get(shape.source), "loaded": wanted}
            GlossaryTerm.objects.update_or_create(slug=slug, defaults=values)
            counts["changed" if row else "new"] += 1
    return counts, kept


def _fingerprint(values):
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
