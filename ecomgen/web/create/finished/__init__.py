"""What is made of a finished picture: the product moved, lit, filmed, or the picture made again otherwise."""
