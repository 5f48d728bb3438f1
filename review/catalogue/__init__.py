"""The catalogue: a folder of plain pages in Vietnamese and English that tells what is published, and DCAT beside it.

`build` turns contracts, rules and, where there is a database, what it says of releases and quality into files by path.
The files are a function of what they tell: no clock, no network, and the same state gives the same bytes.
"""

from review.catalogue.site import MARKER, build
from review.catalogue.snapshot import Export, Snapshot, read
from review.catalogue.sources import Catalogue, Indicator, Publisher

__all__ = ["MARKER", "Catalogue", "Export", "Indicator", "Publisher", "Snapshot", "build", "read"]
