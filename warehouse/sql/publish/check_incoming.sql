-- Is a table beside the candidate's own as it was loaded?
SELECT (SELECT rows FROM ops.candidate_table WHERE table_name = %(table)s), (SELECT count(*) FROM {table});
