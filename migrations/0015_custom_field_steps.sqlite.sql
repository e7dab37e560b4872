-- 0015_custom_field_steps: written by make migration from the entities.
ALTER TABLE custom_fields ADD COLUMN preparing TEXT;
ALTER TABLE custom_fields ADD COLUMN prepared_up_to INTEGER;
