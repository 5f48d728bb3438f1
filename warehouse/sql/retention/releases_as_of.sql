-- The list of releases as it was.
SELECT {columns} FROM {target} AS p WHERE p.release <= {release}
