-- The indicators of the release: by receiving unit and period, each by the rules it is reckoned by.
SELECT indicator, variant, dataset, role, unit, period, begins_on, ends_on, numerator, denominator, unknown, rate, points
FROM published.indicator
ORDER BY indicator COLLATE "C", variant COLLATE "C", dataset COLLATE "C", role COLLATE "C", unit COLLATE "C", period COLLATE "C";
