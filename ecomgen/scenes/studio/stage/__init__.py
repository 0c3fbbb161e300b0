"""What sets are built from, as data: shapes, materials, lamps, a frame, and chance."""
