"""Corrections by hand: a mask with clicks and brush strokes comes in, the mask that obeys them goes out."""
