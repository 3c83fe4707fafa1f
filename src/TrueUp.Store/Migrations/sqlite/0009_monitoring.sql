-- How each unit did last is found from name to name.
CREATE INDEX sync_unit_results_latest ON sync_unit_results (entity_type, unit, id);
