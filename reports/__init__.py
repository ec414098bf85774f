"""Files people bring in and take away."""
