"""Heavy work: requests come in, one runs at a time, fairly between people, and progress goes out to their browsers."""
