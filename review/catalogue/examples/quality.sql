-- vi: Mười quy tắc đạt thấp nhất của một tập dữ liệu
-- en: The ten worst rules of a dataset
select rule, criterion, checked, failed, score
from published.quality
where dataset = 'dossier'
order by score nulls last
limit 10;
