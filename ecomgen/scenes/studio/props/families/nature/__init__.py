"""What grows, lies and flows outdoors."""
