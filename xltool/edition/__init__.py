"""The monitoring scheme: `rules/<edition>/*.yaml` read, linted and made into `model.edition.Edition`."""

from xltool.edition.exporting import export
from xltool.edition.faults import Fault
from xltool.edition.loading import lint, load, place_of, place_of_comparison
from xltool.edition.places import available, locate

__all__ = ["Fault", "available", "export", "lint", "load", "locate", "place_of", "place_of_comparison"]
