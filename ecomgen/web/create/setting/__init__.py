"""Step 2: what the product is to stand in."""
