{{ config(location='out/lines.json.gz', json_read_options={'auto_detect': true, 'maximum_object_size': 1000000}) }}
select * from (values (1, 'a', date '2026-01-01'), (2, 'b;"c', date '2026-02-01')) t(id, name, day)
