-- A view asks with the rights of its owner, who is neither the tables' owner nor above the policies.
ALTER VIEW {view} OWNER TO {views};
GRANT SELECT ON {view} TO {role};
COMMENT ON VIEW {view} IS {title};
