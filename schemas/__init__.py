"""The shapes between the rooms: values, document, form, record, finding. Frozen msgspec structs, one truth, no behaviour
beyond geometry and slicing. JSON Schemas in this folder are generated from them (`python -m schemas.publish`)."""
