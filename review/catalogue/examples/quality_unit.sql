-- vi: Hai mươi đơn vị có nhiều bản ghi phải sửa nhất
-- en: The twenty units with the most records to fix
select unit, dataset, to_fix_count, record_count, score, worst_rule
from published.quality_unit
order by to_fix_count desc
limit 20;
