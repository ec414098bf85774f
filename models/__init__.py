"""What the city keeps, and the rules over it."""
