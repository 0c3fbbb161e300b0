"""What sets are built from. In: names, sizes, colours, chance. Out: things, lamps and backdrops, as plain data.

`shot` is what a builder gets; the rest makes parts of what it gives back.
"""
