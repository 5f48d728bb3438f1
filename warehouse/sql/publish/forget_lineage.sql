-- Records that are held no more have no source row.
DELETE FROM ledger.lineage AS l
WHERE NOT EXISTS (SELECT FROM candidate.incoming_lineage AS i WHERE i.record_id = l.record_id);
