"""Identifiers: UUIDv7, so that a list ordered by id is a list ordered by time."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """A fresh UUIDv7. Where time must not show (Delphi answers), use `uuid.uuid4` instead."""
    return uuid_utils.compat.uuid7()
