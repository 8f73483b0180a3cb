{{ config(location='out/parts', options={'partition_by': 'day, id', 'overwrite': true}, parquet_read_options={'hive_partitioning': true, 'union_by_name': true}) }}
select * from (values (1, 'a', date '2026-01-01'), (2, 'b;"c', date '2026-02-01')) t(id, name, day)
