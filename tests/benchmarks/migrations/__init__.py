"""Migrations of later versions of the code, for an app that has none."""
