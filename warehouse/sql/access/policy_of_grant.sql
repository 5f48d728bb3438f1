-- Shows the rows to whom the table was granted.
CREATE POLICY {policy} ON {table} FOR SELECT TO {views} USING ((SELECT access.is_granted({table_name})));
