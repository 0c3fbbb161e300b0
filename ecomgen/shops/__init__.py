"""Shops: their product feeds, which name products and the pictures that they have."""

from ecomgen.shops.feed import Feed, FeedPicture, Product, read, recognized

__all__ = ["Feed", "FeedPicture", "Product", "read", "recognized"]
