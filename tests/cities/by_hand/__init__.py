"""The results of the five cities worked out from their CSV files alone, by docs/schemes.md and the
table of kinds in GLOSSARY.md.

Nothing of the program is imported, and nothing is read but an example's folder: what people check the program against
must not lean on it. Numbers are exact fractions; rounded is only what the page says. `python -m tests.cities.by_hand`
writes tests/cities/expected/, and with `--check` compares it.

Read in this order: files, arithmetic, kinds, indicators, ratings, pieces, results, standing, tables. Gwangju's once
more as a spreadsheet: gwangju_workbook, sheets_of_formulas, book.
"""
