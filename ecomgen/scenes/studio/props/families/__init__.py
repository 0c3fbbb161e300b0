"""Things that dress a set. One module a family."""
