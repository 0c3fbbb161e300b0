"""The catalogue: its products, their cut-outs, and what becomes of them."""
