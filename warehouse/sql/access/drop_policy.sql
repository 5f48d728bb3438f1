-- The policy as it was.
DROP POLICY IF EXISTS {policy} ON {table};
