-- vi: Tỷ lệ giải quyết đúng hạn của từng đơn vị trong một tháng
-- en: Dossiers settled on time in a month, by unit
select unit, rate, numerator, denominator, unknown
from published.indicator
where indicator = 'on_time' and variant = 'official' and period = '2026-11' and unit <> '*'
order by rate;
