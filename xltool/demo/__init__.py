"""The whole round trip on sample data."""
