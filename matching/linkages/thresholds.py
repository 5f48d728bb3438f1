"""When a pair is a link, when a steward sees it, and what forbids a link: the same for persons and enterprises.

A false link costs a citizen a wrong paper, a miss a steward's minute: about 64 to 1, so links begin at 6 bits, and what
is less likely than not is not worth the minute. Units: bits, log2 odds.
"""

from types import MappingProxyType

LINK_ODDS = 6.0
"""log2 odds from which a link is automatic: at worst one wrong in about 65, nearly all links lie far above."""
REVIEW_ODDS = 0.0
"""log2 odds below which a steward's minute is not worth it."""
MARGIN_BITS = 6.0
"""By how much the best must beat the runner-up: more than living in one commune of the province and not another."""
FIRM_ODDS = 10.0
"""log2 odds of a link that may speak about other records: at worst one wrong in a thousand."""
TWIN_BITS = 3.0
"""What must tell twins apart besides the name: their sexes do, or a number, a spouse, a phone; their parents cannot."""
DEATH_BITS = 6.0
"""What it says against a link that the person had died before: about one dossier in 64 still names the dead."""
DAYS_AFTER_DEATH = MappingProxyType({"owner": 0, "mother": 0, "father": 300, "husband": 0, "wife": 0})
"""Days after a death on which an event may still name the dead: a child is born after its father's death.

A child's own death may come before its birth is registered, so the child is not listed.
"""
