"""The listings as one flat table for Datasette: tags as JSON arrays, conditions in a table beside it, words in FTS5.

Run by the site's Python: `python -m tests.benchmarks.peers.datasette FILE` copies from the SQLite database of DATABASE_URL.
"""

import os
import sqlite3
import sys

import dj_database_url

VOCABULARIES = ("need", "stage", "audience", "language", "format", "cost", "area")
_ARRAYS = ", ".join(
    f"(SELECT json_group_array(t.slug) FROM site.resources_resource_terms x JOIN site.resources_term t ON t.id = x.term_id "
    f"WHERE x.resource_id = r.id AND t.vocabulary = '{vocabulary}') AS {vocabulary}"
    for vocabulary in VOCABULARIES
)
SCRIPT = f"""
CREATE TABLE listings (id INTEGER PRIMARY KEY, slug, kind, name, summary, description, first_step, eligibility, coverage, found_on,
    checked_on, phones, general, {", ".join(VOCABULARIES)});
INSERT INTO listings SELECT r.id, slug, kind, name, summary, description, first_step, eligibility, coverage, found_on, checked_on,
    (SELECT json_group_array(number) FROM site.resources_phone p WHERE p.resource_id = r.id),
    NOT EXISTS (SELECT 1 FROM site.resources_resource_conditions c WHERE c.resource_id = r.id), {_ARRAYS}
    FROM site.resources_resource r WHERE state = 'published';
CREATE INDEX by_kind ON listings (kind);
CREATE INDEX by_general ON listings (general);
CREATE TABLE about (condition, listing, PRIMARY KEY (condition, listing)) WITHOUT ROWID;
INSERT INTO about SELECT c.slug, x.resource_id FROM site.resources_resource_conditions x
    JOIN site.conditions_condition c ON c.id = x.condition_id;
CREATE VIRTUAL TABLE listings_fts USING fts5 (name, summary, description, content='listings', content_rowid='id', tokenize='porter');
INSERT INTO listings_fts (listings_fts) VALUES ('rebuild');
ANALYZE;
"""  # noqa: S608


def main(path):
    with sqlite3.connect(path) as connection:
        connection.execute("ATTACH ? AS site", [dj_database_url.parse(os.environ["DATABASE_URL"])["NAME"]])
        connection.executescript(SCRIPT)


if __name__ == "__main__":
    main(sys.argv[1])
