"""Deciding together: what people say of pictures, on the cards, beside the enlarged picture, and behind a link."""
