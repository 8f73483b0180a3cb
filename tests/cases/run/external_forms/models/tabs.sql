{{ config(delimiter='\t', location='out/tabs.tsv', format='csv') }}
select * from (values (1, 'a', date '2026-01-01'), (2, 'b;"c', date '2026-02-01')) t(id, name, day)
