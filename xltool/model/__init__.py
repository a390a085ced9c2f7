"""Frozen dataclasses that the stages hand to each other; no I/O, no third-party imports."""
