{{ config(location='out/parts_csv', format='csv', options={'partition_by': '(name)', 'overwrite_or_ignore': 1}) }}
select 1 as id, 'a' as name union all select 2, 'b'
