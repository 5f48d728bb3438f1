-- What was found of the candidate, and whether it waits for an approval or is refused.
UPDATE ops.candidate SET status = %(status)s, findings = %(findings)s WHERE candidate_id = %(candidate_id)s;
