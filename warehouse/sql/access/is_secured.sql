-- Does a department stand on the policies of these contracts already?
SELECT 1 FROM access.department WHERE built = %(fingerprint)s LIMIT 1;
