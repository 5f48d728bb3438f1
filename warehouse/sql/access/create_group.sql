-- A role that nobody logs in as; its maker belongs to it, so as to hand it what it shall own.
CREATE ROLE {role} NOLOGIN;
GRANT {role} TO CURRENT_USER;
