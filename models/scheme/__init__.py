"""What a city adds up to a final result: schemes, their parts, grades, prizes and subjects (docs/schemes.md)."""
