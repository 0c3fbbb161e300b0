"""The other tabs, history, lab, catalogue and set-up: each file wires one, its `_markup` draws it."""
