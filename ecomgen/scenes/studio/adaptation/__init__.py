"""What the wish and the photo change on a finished set: its light, its wall, what is under the product, its grade."""
