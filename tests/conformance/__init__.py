"""Foreign suites run on Bartizan. `README.md` tells how; `python -m tests.conformance` does it.

Nothing here imports bartizan except the suites' runners, and those run in processes of their own.
"""
