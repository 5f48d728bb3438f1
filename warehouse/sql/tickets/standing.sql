-- Since which release each published difference stands.
SELECT d.discrepancy_id, d.first_release FROM published.discrepancy AS d;
