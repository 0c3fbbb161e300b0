"""Cutting by colours alone: a photo comes in and is divided into superpixels, graph cuts in many windows go out.

They are ranked by how plausible a product they show.
"""
