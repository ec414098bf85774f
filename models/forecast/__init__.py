"""Early warning (조기 경보): what the year will come to, from the actuals reported so far."""
