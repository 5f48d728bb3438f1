-- vi: Hồ sơ nhận sau ngày chủ hồ sơ mất
-- en: Dossiers received after their owner had died
select d.dossier_code, d.received_at, m.death_date
from published.death as m
join published.dossier as d on d.owner_person_id = m.deceased_person_id
where d.received_at::date > m.death_date and m.death_date_precision = 'day';
