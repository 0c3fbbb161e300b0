"""What one works, plays and makes music with."""
