"""What sets are built from. In: names, sizes, colours, chance. Out: shapes, materials and lamps, as plain data.

`shot` is what a builder gets, `types` what it gives back; the rest makes parts of it.
"""
