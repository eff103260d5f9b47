"""How fast the finder is, beside others on the same rows: `python -m tests.benchmarks.run`. See docs/benchmarks.md."""
