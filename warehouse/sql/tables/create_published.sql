-- A published table: persistent, with the key of its contract.
CREATE TABLE {table} ({columns}, PRIMARY KEY ({key}));
