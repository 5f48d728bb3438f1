-- Which installation this database is of.
SELECT i.installation_id FROM ops.installation AS i;
