-- Which migrations were applied, in order?
SELECT name, checksum FROM ops.migration ORDER BY name COLLATE "C";
