"""Migrations of a later version of the code, for an app that has none: statements alone."""
