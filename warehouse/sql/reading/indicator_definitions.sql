-- What each indicator of the release is, in words.
SELECT indicator, variant, title_vi, title_en, numerator_vi, numerator_en, denominator_vi, denominator_en,
       note_vi, note_en, source, max_points, full_points_from
FROM published.indicator_definition
ORDER BY indicator COLLATE "C", variant COLLATE "C";
