"""Disease vocabularies in the OBO format: `reading` (a file) → `cleaning` (pure) → `planning` (what to change) → `saving` (rows)."""
