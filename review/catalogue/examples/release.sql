-- vi: Bản phát hành hiện hành và chỉ số chất lượng của nó
-- en: The release that holds, and its quality index
select release, published_at, quality_index
from published.release
order by release desc
limit 1;
