-- May this role make others? A superuser may, too.
SELECT current_user::text, rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user;
