-- vi: Doanh nghiệp có nhiều hồ sơ nhất
-- en: Enterprises with the most dossiers
select enterprise_code, enterprise_name, dossier_count
from published.enterprise
order by dossier_count desc, enterprise_code
limit 20;
