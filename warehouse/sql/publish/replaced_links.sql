-- How many links of this release take the place of one that it closed?
SELECT count(*)
FROM ledger.link AS new
JOIN ledger.link AS old USING (record_id, role)
WHERE new.valid_from_release = %(release)s AND old.valid_to_release = %(release)s;
