"""Departments: a role and a schema of views each, what they were granted, and the log of what they read.

Who may see which row is PostgreSQL's to decide, by row-level security under the views: nothing a client sends widens
it. Which columns are shown in clear stands in the view itself, made when the table is granted.
"""

from warehouse.access.departments import add_department, close_department, set_password
from warehouse.access.grants import grant, revoke
from warehouse.access.pinning import pin_department, unpin_department
from warehouse.access.reading import Department, Grant, Use, Uses, departments, grants_of, pin_of, uses_of
from warehouse.access.terms import Terms

__all__ = [
    "Department",
    "Grant",
    "Terms",
    "Use",
    "Uses",
    "add_department",
    "close_department",
    "departments",
    "grant",
    "grants_of",
    "pin_department",
    "pin_of",
    "revoke",
    "set_password",
    "unpin_department",
    "uses_of",
]
