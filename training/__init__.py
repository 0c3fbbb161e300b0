"""How the small networks that ship with ecomgen were made. Not part of the package."""
