"""How long one picture takes beside another, by their pixels."""

BUILDING = 105_000  # pixels that take as long as what a picture of any size takes (studio, 128 to 1024 a side)


def times(pixels: int, beside: int) -> float:
    """How many times longer a picture of so many pixels takes than one of `beside`."""
    return (pixels + BUILDING) / (beside + BUILDING)
