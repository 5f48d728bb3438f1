-- Shows the rows of the units that the department was granted; its grant is looked up once a query, not once a row.
CREATE POLICY {policy} ON {table} FOR SELECT TO {views} USING (
    (SELECT access.sees_every_unit({table_name}))
    OR {unit} = ANY ((SELECT access.granted_units({table_name}))::text[])
    OR {unit} ^@ ANY ((SELECT access.granted_unit_prefixes({table_name}))::text[])
);
