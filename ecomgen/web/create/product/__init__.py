"""Step 1 of the first tab: the product, from its photos to its cut-out, and further ones beside it."""
