-- Where a department reads the release it stays on; it may look into it, and nothing else.
CREATE SCHEMA {schema};
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT USAGE, CREATE ON SCHEMA {schema} TO {views};
COMMENT ON SCHEMA {schema} IS {title};
