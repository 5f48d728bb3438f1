-- vi: Mọi hồ sơ của một người, theo mã người
-- en: All dossiers of one person, by the person's id
select p.person_id, d.dossier_code, d.procedure_name, d.status
from published.person as p
join published.dossier as d on d.owner_person_id = p.person_id
where p.citizen_id = '001099000001';
