"""How the sample products are made: shapes, artwork, surfaces, products, rooms, pictures.

Lengths are in decimetres, z points up, a product stands on z = 0 at the origin and shows its front to the camera on
the negative y side. Nothing here is needed to use the samples.
"""
