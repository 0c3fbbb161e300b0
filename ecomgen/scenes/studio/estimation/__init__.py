"""What the photos tell of the product: where the camera stood, in which light, how large and of which colours it is."""
