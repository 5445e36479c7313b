"""Outcomes to files: the tables of tables.md as CSV, records and findings as JSON lines."""
