"""The props, one module a family. In: a shot. Out: meshes with materials about the origin, standing on y = 0."""
