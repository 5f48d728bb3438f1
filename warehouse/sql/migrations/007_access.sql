-- Departments: who may read what, for what purpose and how long, and the log of what they read.
CREATE SCHEMA access;
COMMENT ON SCHEMA access IS 'Các sở, ngành: được đọc gì, vì mục đích gì, đến khi nào; và nhật ký sử dụng
Departments: what they may read, for what purpose, until when; and the log of uses';
REVOKE ALL ON SCHEMA access FROM PUBLIC;

CREATE TABLE access.department (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{1,40}$'),
    title text NOT NULL,
    role_name text NOT NULL UNIQUE GENERATED ALWAYS AS ('dept_' || name) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    built text
);
COMMENT ON COLUMN access.department.built IS 'Dấu vân tay của hợp đồng mà các view được dựng theo; trống nếu phải dựng lại
Fingerprint of the contracts its views were made from; empty when they must be made anew';

CREATE TABLE access.table_grant (
    grant_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department text NOT NULL REFERENCES access.department,
    table_name text NOT NULL,
    purpose text NOT NULL CHECK (purpose <> ''),
    legal_basis text NOT NULL CHECK (legal_basis <> ''),
    ceiling text NOT NULL CHECK (ceiling IN ('public', 'internal', 'personal', 'sensitive')),
    columns text[] NOT NULL,
    is_every_unit boolean NOT NULL,
    units text[] NOT NULL,
    unit_prefixes text[] NOT NULL,
    granted_by text NOT NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_by text,
    revoked_at timestamptz,
    CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE UNIQUE INDEX table_grant_current ON access.table_grant (department, table_name) WHERE revoked_at IS NULL;
COMMENT ON COLUMN access.table_grant.ceiling IS 'Cột thuộc mức phân loại này trở xuống được đọc nguyên văn
Columns of this classification and below are read in clear';
COMMENT ON COLUMN access.table_grant.columns IS 'Cột được đọc nguyên văn dù ở mức cao hơn
Columns read in clear although they are classified higher';

CREATE TRIGGER table_grant_only_ends
    BEFORE UPDATE OF grant_id, department, table_name, purpose, legal_basis, ceiling, columns, is_every_unit, units,
        unit_prefixes, granted_by, granted_at, expires_at OR DELETE OR TRUNCATE ON access.table_grant
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- No foreign keys: a department that reads must not lock a row that a revocation writes.
CREATE TABLE access.use (
    department text NOT NULL,
    number bigint NOT NULL,
    table_name text NOT NULL,
    grant_id bigint,
    used_at timestamptz NOT NULL,
    client inet,
    process integer NOT NULL,
    transaction xid8 NOT NULL,
    PRIMARY KEY (department, number)
);
COMMENT ON TABLE access.use IS 'Nhật ký sử dụng: mỗi lần một sở đọc một bảng có dữ liệu cá nhân
The log of uses: each time a department read a table with personal data';
COMMENT ON COLUMN access.use.number IS 'Số thứ tự không lùi khi giao dịch bị hủy: số bị thiếu là lần đọc không để lại dòng
A number that no rollback takes back: a missing one is a use that left no line';
CREATE TRIGGER use_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access.use
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- All below ask session_user, which neither SET ROLE nor a function of somebody else changes, and the clock, which a
-- long transaction does not stop as it stops now().
CREATE FUNCTION access.live_grants() RETURNS SETOF access.table_grant
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.*
    FROM access.table_grant AS g
    JOIN access.department AS d ON d.name = g.department
    WHERE d.role_name = session_user AND d.closed_at IS NULL
      AND g.revoked_at IS NULL AND g.expires_at > clock_timestamp()
$$;

CREATE FUNCTION access.is_granted(table_name text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access.live_grants() AS g WHERE g.table_name = $1)
$$;

CREATE FUNCTION access.sees_every_unit(table_name text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM access.live_grants() AS g WHERE g.table_name = $1 AND g.is_every_unit)
$$;

CREATE FUNCTION access.granted_units(table_name text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.units FROM access.live_grants() AS g WHERE g.table_name = $1
$$;

CREATE FUNCTION access.granted_unit_prefixes(table_name text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.unit_prefixes FROM access.live_grants() AS g WHERE g.table_name = $1
$$;

CREATE FUNCTION access.granted_tables() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(g.table_name), '{}') FROM access.live_grants() AS g
$$;

CREATE FUNCTION access.admit(table_name text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT (access.is_granted(table_name) OR table_name = 'change' AND access.granted_tables() <> '{}') THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format(
            'Quyền đọc %1$s chưa được cấp, đã hết hạn hoặc đã bị thu hồi. · '
            'The right to read %1$s was not granted, has expired or was revoked.', table_name);
    END IF;
    RETURN true;
END
$$;

CREATE FUNCTION access.note_use(table_name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader text;
    number bigint;
BEGIN
    PERFORM access.admit(table_name);
    SELECT d.name INTO STRICT reader FROM access.department AS d WHERE d.role_name = session_user;
    -- Neither the number nor the server's log is undone when the transaction is, as the line is.
    number := nextval(format('access.%I', 'use_of_' || reader)::regclass);
    RAISE LOG 'doisoat: % reads %, use %', reader, table_name, number;
    INSERT INTO access.use (department, number, table_name, grant_id, used_at, client, process, transaction)
    VALUES (
        reader, number, note_use.table_name,
        (SELECT g.grant_id FROM access.live_grants() AS g WHERE g.table_name = note_use.table_name),
        clock_timestamp(), inet_client_addr(), pg_backend_pid(), pg_current_xact_id()
    );
    RETURN true;
END
$$;

-- What stands in place of a value that was not granted. Half a date is still a fact about a person, and a number has
-- no form that is not a number: only a text shows that there is something.
CREATE FUNCTION access.masked(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value IS NOT NULL THEN '•••' END
$$;
CREATE FUNCTION access.masked(value anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN false THEN value END
$$;

CREATE FUNCTION access.clear(image jsonb, columns text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(v.key, v.value) FROM jsonb_each(image) AS v WHERE v.key = ANY (columns)
$$;

-- A migration that alters or drops a published column calls this first; the next start makes the views again.
CREATE FUNCTION access.drop_views() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made regclass;
BEGIN
    FOR made IN
        SELECT c.oid FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN access.department AS d ON d.role_name = n.nspname
        WHERE c.relkind = 'v'
    LOOP
        EXECUTE format('DROP VIEW %s', made);
    END LOOP;
    UPDATE access.department SET built = NULL;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
