-- vi: Đăng ký kết hôn mà cả vợ và chồng đều đã liên kết
-- en: Marriages of which both spouses are linked
select marriage_id, registered_on, husband_person_id, wife_person_id
from published.marriage
where husband_link_status = 'linked' and wife_link_status = 'linked'
order by registered_on desc
limit 20;
