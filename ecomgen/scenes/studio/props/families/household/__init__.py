"""What is used in a home."""
