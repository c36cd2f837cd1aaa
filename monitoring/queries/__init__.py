"""Counts over one academic year, of the area, of one cluster or of one school."""
