-- What a column holds, in Vietnamese and English.
COMMENT ON COLUMN {column} IS {comment};
