-- The role the application works as in the embedded server: no superuser; CREATEDB serves the tests' clones.
CREATE ROLE {role} LOGIN CREATEDB;
