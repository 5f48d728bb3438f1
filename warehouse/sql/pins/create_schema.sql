-- Where the views of a pinned release lie; closed, until rights are granted by name.
CREATE SCHEMA {schema};
COMMENT ON SCHEMA {schema} IS {comment};
