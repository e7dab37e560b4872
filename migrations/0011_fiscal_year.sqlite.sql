-- 0011_fiscal_year: when each company's fiscal year begins, the calendar's where it never said; and where numbers go on that
-- were given without a year. Written by hand, as every company has a value.
ALTER TABLE tenants ADD COLUMN fiscal_month TEXT NOT NULL DEFAULT 'january';
ALTER TABLE tenants ADD COLUMN fiscal_day INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sequences ADD COLUMN next_plain INTEGER;
