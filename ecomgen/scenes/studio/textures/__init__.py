"""Textures made by us: linear colour HxWx3 and heights HxW, at the scale of real things."""
