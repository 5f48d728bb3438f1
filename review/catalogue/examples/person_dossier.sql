-- vi: Những người có từ ba hồ sơ trở lên trong năm 2026
-- en: Persons whom three dossiers or more of 2026 name
select person_id, count(*) as dossiers
from published.person_dossier
where link_status = 'linked' and received_on >= '2026-01-01' and received_on < '2027-01-01'
group by person_id
having count(*) >= 3
order by dossiers desc;
