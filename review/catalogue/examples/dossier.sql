-- vi: Hồ sơ đã trả trong tháng, theo thủ tục và tình trạng liên kết của chủ hồ sơ
-- en: Dossiers returned in a month, by procedure and by what became of their owners
select procedure_code, owner_link_status, count(*)
from published.dossier
where returned_at >= '2026-11-01' and returned_at < '2026-12-01'
group by procedure_code, owner_link_status
order by count(*) desc;
