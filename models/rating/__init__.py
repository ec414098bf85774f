"""Ratings (평가): rounds, forms of criteria, groups of raters, papers and what was answered (docs/schemes.md)."""
