"""What the photos tell of the product. In: a scene request with its views. Out: `Facts`, which a replay takes back.

Where the camera stood, by the outline of the base, the ground's reach and a small network; in which light; what touches
the ground; how large the product is and of which colours.
"""
