"""Migrations of a still later version: the third of them works on data."""
