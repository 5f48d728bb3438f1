-- Makes every session render dates, times and numbers alike, whatever the server's or the role's defaults.
SELECT set_config('TimeZone', 'Asia/Ho_Chi_Minh', false),
       set_config('DateStyle', 'ISO, DMY', false),
       set_config('IntervalStyle', 'postgres', false),
       set_config('extra_float_digits', '1', false),
       set_config('bytea_output', 'hex', false),
       set_config('search_path', '', false);
