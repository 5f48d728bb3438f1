-- The condition of policy_of_units on what a row was: an image is text to PostgreSQL, which no policy reads as a row.
(
    (SELECT access.sees_every_unit({table_name}))
    OR first.before ->> {unit} = ANY ((SELECT access.granted_units({table_name}))::text[])
    OR first.before ->> {unit} ^@ ANY ((SELECT access.granted_unit_prefixes({table_name}))::text[])
)
