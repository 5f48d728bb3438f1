"""What each dataset promises: one Open Data Contract Standard (ODCS v3) YAML a dataset, and the loader.

`received/` holds the contracts of what source systems send, `published/` those of the tables departments read.
"""

from contracts.loader import published, received
from contracts.model import Contract, Freshness, Property, Rule

__all__ = ["Contract", "Freshness", "Property", "Rule", "published", "received"]
