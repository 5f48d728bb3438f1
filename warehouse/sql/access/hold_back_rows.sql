-- Shows no row to anybody but the owner, until a policy says otherwise.
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
