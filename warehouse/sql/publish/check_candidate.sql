-- Is the candidate as it was loaded, and does its key name each row once?
SELECT (SELECT rows FROM ops.candidate_table WHERE table_name = %(table)s),
       (SELECT count(*) FROM {table}),
       (SELECT count(*) FROM (SELECT FROM {table} GROUP BY {key} HAVING count(*) > 1) AS repeated),
       (SELECT count(*) FROM {table} WHERE num_nulls({key}) > 0);
