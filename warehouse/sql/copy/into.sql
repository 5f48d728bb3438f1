-- Bulk load of a frame.
COPY {table} ({columns}) FROM STDIN (FORMAT binary)
