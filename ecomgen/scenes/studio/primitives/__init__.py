"""What everything is made of, as plain data: meshes, materials and lamps (`types`, `shapes`), noise and colours."""
