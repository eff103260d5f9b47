"""Rows that are shown and never saved."""

NOWHERE = 0  # the id of a row that is not there: what belongs to it may be asked for, and is nothing


def hold(row, relation, rows):
    """Make `row.relation.all()` be these rows, as a prefetch does, without asking the database."""
    related = getattr(row, relation).all()
    related._result_cache, related._prefetch_done = list(rows), True
    row._prefetched_objects_cache = getattr(row, "_prefetched_objects_cache", {}) | {relation: related}
