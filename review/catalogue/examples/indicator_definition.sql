-- vi: Một chỉ số được tính theo những cách nào
-- en: By which rules an indicator is reckoned
select variant, title_vi, numerator_vi, denominator_vi, source
from published.indicator_definition
where indicator = 'reused'
order by variant;
