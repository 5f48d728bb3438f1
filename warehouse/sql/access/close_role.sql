-- Nobody logs in as this department any more.
ALTER ROLE {role} NOLOGIN;
