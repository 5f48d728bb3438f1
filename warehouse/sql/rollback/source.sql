-- A published table as of the release that is restored.
CREATE TEMPORARY TABLE {restored} ON COMMIT DROP AS {as_of};
