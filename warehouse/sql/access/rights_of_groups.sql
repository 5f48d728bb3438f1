-- The views' owner reads the tables, row by row as the policies allow; departments run what their views call.
GRANT USAGE ON SCHEMA published, ledger, access TO {views};
GRANT SELECT ON {tables}, ledger.change TO {views};
GRANT EXECUTE ON FUNCTION
    access.admit(text), access.admit(text, integer), access.note_use(text), access.note_use(text, integer),
    access.is_granted(text), access.sees_every_unit(text),
    access.granted_units(text), access.granted_unit_prefixes(text), access.granted_tables(), access.masked(text),
    access.masked(anyelement), access.clear(jsonb, text[])
    TO {departments};
