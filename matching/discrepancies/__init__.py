"""What a linked record says otherwise than the register, field by field: named, weighed, and whose it is to repair.

Equal in the comparable form is no difference: the place of a tone mark, capitals, spaces, a unit renamed whole.
The closed lists stand in `words`; docs/discrepancies.md tells them to readers.
"""

from matching.discrepancies.find import DISCREPANCIES, find

__all__ = ["DISCREPANCIES", "find"]
