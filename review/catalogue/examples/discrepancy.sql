-- vi: Sai lệch chắc chắn của một đơn vị, theo trường và loại
-- en: Confirmed differences of an office, by field and kind
select field, kind, likely_wrong, count(*)
from published.discrepancy
where is_confirmed and office = 'UBND phường An Phú'
group by field, kind, likely_wrong
order by count(*) desc;
