-- A new password, and with it the way in again. What is sent is its SCRAM verifier.
ALTER ROLE {role} LOGIN PASSWORD {verifier};
GRANT CONNECT ON DATABASE {database} TO {role};
