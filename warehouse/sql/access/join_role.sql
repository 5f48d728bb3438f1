-- For the time of ending its sessions.
GRANT {role} TO CURRENT_USER;
