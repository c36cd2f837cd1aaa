"""Faults made on purpose: real kills of real processes, and what has to hold afterwards.

`python -m tests.drills [NAME…] [--share 0.2]` runs them; `make drill` at full count, the test
suite at a fifth of it. Each drill says in one line what it did and what it found.

A room adds a drill by a module `tests/drills/drill_<what>.py`:

    @drill("enrol_for_few_places", count=200)
    def enrol_for_few_places(site: Site, count: int) -> str: ...
"""
