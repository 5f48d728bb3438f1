-- Forgets what rows were before the changes that lead to the oldest release kept, or to an older one.
UPDATE ledger.change SET before = NULL WHERE release <= %(oldest)s AND before IS NOT NULL;
