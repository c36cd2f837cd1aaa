"""Migrations of a version that adds only what the code works without."""
