"""Deliveries: found in a drop folder, held against their manifest, kept unchanged, and read into one shape.

Nothing here knows Prefect or PostgreSQL. `discover` finds the deliveries, `store_raw` keeps their files by content,
`read_delivery` turns them into frames or says, in sentences a clerk understands, why it refuses them.
"""

from flows.pull.database import deliver_from_database
from flows.pull.discover import discover
from flows.pull.model import DatasetFiles, Delivery, DeliveryRead, Problem, as_written
from flows.pull.raw import store_raw
from flows.pull.read import read_delivery

__all__ = [
    "DatasetFiles",
    "Delivery",
    "DeliveryRead",
    "Problem",
    "as_written",
    "deliver_from_database",
    "discover",
    "read_delivery",
    "store_raw",
]
