"""Makes the example of Gwangju 2019: 24 public institutions with 90 goals, out of the tables beside it."""
