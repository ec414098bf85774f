"""Makes the example of Osan 2023: 40 departments, their training and consultation, out of the tables beside it."""
