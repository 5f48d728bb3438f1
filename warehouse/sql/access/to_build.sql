-- Departments whose views must be made anew.
SELECT name FROM access.department WHERE built IS DISTINCT FROM %(fingerprint)s ORDER BY name;
