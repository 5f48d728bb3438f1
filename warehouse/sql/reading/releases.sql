-- The last releases, newest first.
SELECT {columns} FROM published.release ORDER BY release DESC LIMIT %(limit)s;
