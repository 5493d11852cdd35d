"""Facts about the product, each a test; `support` holds what they share."""
