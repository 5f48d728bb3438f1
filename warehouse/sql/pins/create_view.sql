-- A published table as of the pinned release.
CREATE VIEW {view} AS {as_of};
