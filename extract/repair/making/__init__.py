"""How the tables in ../data were made: `python -m extract.repair.making` writes words.tsv and telltales.tsv again.

The results are committed, so that what is read does not depend on the version of pythainlp that is installed.
"""
