-- The views of a release that is pinned no more.
DROP SCHEMA {schema} CASCADE;
