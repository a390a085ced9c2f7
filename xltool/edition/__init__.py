"""The monitoring scheme: `rules/<edition>/*.yaml` read, linted and made into `model.edition.Edition`."""

from xltool.edition.exporting import export
from xltool.edition.faults import Fault
from xltool.edition.lines import Lines
from xltool.edition.loading import lint, load
from xltool.edition.places import available, locate

__all__ = ["Fault", "Lines", "available", "export", "lint", "load", "locate"]
