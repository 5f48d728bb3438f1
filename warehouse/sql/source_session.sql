-- Dates and times of a source as text that the standardiser reads, in our time zone.
SELECT set_config('DateStyle', 'ISO, DMY', false), set_config('TimeZone', 'Asia/Ho_Chi_Minh', false);
