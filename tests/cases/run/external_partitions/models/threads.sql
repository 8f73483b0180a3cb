{{ config(materialized='external', location='out/threads', options={'format': 'parquet', 'per_thread_output': true, 'overwrite': true}) }}
select range as id, range % 3 as part, '{{ var("v", 1) }}' as v from range({{ var("rows", 9) }})
