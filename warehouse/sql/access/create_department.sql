-- A department's role and schema. It may connect and look into its schema, and nothing else.
CREATE ROLE {role} LOGIN CONNECTION LIMIT 10 PASSWORD {verifier};
ALTER ROLE {role} SET idle_in_transaction_session_timeout = '15min';
GRANT {departments} TO {role};
GRANT CONNECT ON DATABASE {database} TO {role};
CREATE SCHEMA {role};
GRANT USAGE ON SCHEMA {role} TO {role};
GRANT USAGE, CREATE ON SCHEMA {role} TO {views};
CREATE FUNCTION {role}.resolve(entity_id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT ledger.resolve($1) WHERE access.admit('change')
$$;
REVOKE ALL ON FUNCTION {role}.resolve(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {role}.resolve(text) TO {role};
CREATE SEQUENCE access.{sequence};
COMMENT ON SCHEMA {role} IS {title};
