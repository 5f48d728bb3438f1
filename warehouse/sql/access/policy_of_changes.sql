-- Shows what changed in the tables that the department was granted.
CREATE POLICY {policy} ON ledger.change FOR SELECT TO {views}
    USING (table_name = ANY ((SELECT access.granted_tables())::text[]));
