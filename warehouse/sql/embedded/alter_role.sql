-- The application makes a role for each department.
ALTER ROLE {role} CREATEROLE;
