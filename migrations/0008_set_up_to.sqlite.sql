-- 0008_set_up_to: written by make migration from the entities.
ALTER TABLE tenants ADD COLUMN set_up_to INTEGER;
