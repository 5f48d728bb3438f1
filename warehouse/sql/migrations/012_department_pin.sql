-- Departments stay on a release: a pin has a name of its own or a department; and what their views ask of it.
ALTER TABLE ops.pin DROP CONSTRAINT pin_pkey;
ALTER TABLE ops.pin ALTER COLUMN name DROP NOT NULL;
ALTER TABLE ops.pin ADD CONSTRAINT pin_name_key UNIQUE (name);
ALTER TABLE ops.pin ADD COLUMN department text UNIQUE REFERENCES access.department;
ALTER TABLE ops.pin ADD CONSTRAINT pin_has_one_holder CHECK (num_nonnulls(name, department) = 1);
COMMENT ON COLUMN ops.pin.department IS 'Sở, ngành đứng yên ở bản này, đọc ở schema dept_<tên>_pinned; trống nếu là ghim có tên
The department that stays on this release and reads it in the schema dept_<name>_pinned; empty for a pin with a name';

ALTER TABLE access.department ADD COLUMN pinned_release integer;
COMMENT ON COLUMN access.department.pinned_release IS 'Bản mà các view trong schema dept_<tên>_pinned được dựng theo; trống nếu chưa lập schema ấy
The release that the views in the schema dept_<name>_pinned were made of; empty where we made no such schema';

-- The line of a use, apart from the question whether it is allowed, which differs.
CREATE FUNCTION access.write_use(table_name text, read_as text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reader text;
    number bigint;
BEGIN
    SELECT d.name INTO STRICT reader FROM access.department AS d WHERE d.role_name = session_user;
    -- Neither the number nor the server's log is undone when the transaction is, as the line is.
    number := nextval(format('access.%I', 'use_of_' || reader)::regclass);
    RAISE LOG 'doisoat: % reads %, use %', reader, read_as, number;
    INSERT INTO access.use (department, number, table_name, grant_id, used_at, client, process, transaction)
    VALUES (
        reader, number, read_as,
        (SELECT g.grant_id FROM access.live_grants() AS g WHERE g.table_name = write_use.table_name),
        clock_timestamp(), inet_client_addr(), pg_backend_pid(), pg_current_xact_id()
    );
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION access.note_use(table_name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.admit(table_name);
    RETURN access.write_use(table_name, table_name);
END
$$;

-- A view of a release that its department has left shows nothing more, even before it is taken away.
CREATE FUNCTION access.admit(table_name text, release integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ops.pin AS p
        JOIN access.department AS d ON d.name = p.department
        WHERE d.role_name = session_user AND p.release = admit.release
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format(
            'Bản phát hành %1$s không được ghim cho vai trò này, hoặc đã bỏ ghim. · '
            'Release %1$s is not pinned for this role, or is pinned no more.', release);
    END IF;
    RETURN access.admit(table_name);
END
$$;

CREATE FUNCTION access.note_use(table_name text, release integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.admit(table_name, release);
    RETURN access.write_use(table_name, table_name || '@' || release);
END
$$;

CREATE OR REPLACE FUNCTION access.drop_views() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made regclass;
BEGIN
    FOR made IN
        SELECT DISTINCT c.oid FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN access.department AS d ON n.nspname IN (d.role_name, d.role_name || '_pinned')
        WHERE c.relkind = 'v'
    LOOP
        EXECUTE format('DROP VIEW %s', made);
    END LOOP;
    UPDATE access.department SET built = NULL;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
