"""Things that dress a set, as meshes with materials."""
