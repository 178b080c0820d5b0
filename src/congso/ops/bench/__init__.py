"""Benches: each a module with ``run(bench) -> Outcome``, on a database of its own that goes away."""
