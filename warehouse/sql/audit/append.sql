-- One entry of the audit log, part of the caller's transaction.
SELECT audit.append(%(actor)s, %(action)s, %(subject)s, %(detail)s);
