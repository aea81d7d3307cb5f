"""A wing of the package."""
