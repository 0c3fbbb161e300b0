"""Food and drink, raw, baked and served."""
