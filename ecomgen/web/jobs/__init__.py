"""Heavy work: requests come in, one run and one short job at a time, fairly between people, and progress goes out to
their browsers."""
