-- The views of a pinned release, unless somebody took them away by hand.
DROP SCHEMA IF EXISTS {schema} CASCADE;
