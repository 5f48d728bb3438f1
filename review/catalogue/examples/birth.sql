-- vi: Trẻ đăng ký trong năm 2026 đã có mã người, theo nơi đăng ký
-- en: Children registered in 2026 who are linked to a person, by place of registration
select registration_place, count(*)
from published.birth
where registered_on >= '2026-01-01' and child_link_status = 'linked'
group by registration_place
order by count(*) desc;
