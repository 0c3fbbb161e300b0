"""Shops: their product feeds, which name products and the pictures that they have."""

from ecomgen.shops.feed import Feed, FeedPicture, Product, is_of_a_shop, read, recognized
