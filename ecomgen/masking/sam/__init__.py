"""Segment Anything: a photo comes in, its proposals go out, ranked by CLIP against the product's name."""
