"""The lab: other people's programs, built into a cache outside the repository.

Benchmarks, second opinions and tests against the real thing need real programs beside ours.
This package makes them from the language package managers, at one pinned version each, so that a fresh
machine can have the same ones: ``python -m tools.lab peers`` and ``envtest`` build, ``list`` shows what is there.

Nothing here is needed to run Bartizan, and nothing here is ever imported by it.
"""
