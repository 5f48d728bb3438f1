-- What a table holds, in Vietnamese and English.
COMMENT ON TABLE {table} IS {comment};
