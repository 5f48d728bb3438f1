-- It is over.
REVOKE {role} FROM CURRENT_USER;
