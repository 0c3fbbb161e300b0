"""Is it still the product: a picture and the references come in, a likeness in [0, 1] with its reasons goes out.

`registered` compares where both lie on one grid, `descriptor`, `embedding` and `network` where they are seen from
elsewhere; `likeness` puts them together.
"""
