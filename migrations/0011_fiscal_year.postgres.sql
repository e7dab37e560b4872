-- 0011_fiscal_year: when each company's fiscal year begins, the calendar's where it never said; and where numbers go on that
-- were given without a year. Written by hand, as every company has a value.
ALTER TABLE tenants ADD COLUMN fiscal_month text COLLATE "C" NOT NULL DEFAULT 'january';
ALTER TABLE tenants ADD COLUMN fiscal_day bigint NOT NULL DEFAULT 1;
ALTER TABLE tenants ALTER COLUMN fiscal_month DROP DEFAULT;
ALTER TABLE tenants ALTER COLUMN fiscal_day DROP DEFAULT;
ALTER TABLE sequences ADD COLUMN next_plain bigint;
