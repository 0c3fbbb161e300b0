"""Things that dress a set. In: a shot and the names of a set's usual props. Out: things, each in a place of its own.

A prop is one function in a module below `families`, declared above it; `declaration` says how, and lists all.
`arrangement` picks those a wish wants and puts them beside the product. The other modules hold what several props, sets
and grounds share.
"""
