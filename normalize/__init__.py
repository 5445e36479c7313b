"""What does it mean? Pure functions from Thai text to values; total: nothing raises on text."""
