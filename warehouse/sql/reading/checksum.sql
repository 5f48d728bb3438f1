-- md5 over the md5 of each row, in the order of the key.
SELECT md5(coalesce(string_agg(md5(ROW({columns})::text), '' ORDER BY ROW({key})::text COLLATE "C"), ''))
FROM {table};
