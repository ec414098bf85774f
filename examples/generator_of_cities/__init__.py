"""What the examples of the cities have in common: made-up people, columns of sheets, ratings, wording, files."""
