"""A real PostgreSQL and a real Valkey from wheels, and the processes of KruNet around them.

`make run`, `make test` and their siblings come through here. Nothing in this package
imports Django, so it starts in a blink and works while the project itself is broken.
"""
