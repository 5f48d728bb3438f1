-- The condition of policy_of_grant, on what a row was.
(SELECT access.is_granted({table_name}))
