{{ config(schema='cfgs', tags=['q', 'q'], meta={'x': 2, 'y': [1]}, begin='2020-02-02', unique_key=['a','b'], partition_by={'field': 'x', 'data_type': 'date'}, cluster_by=['z'], hours=none, full_refresh=none, docs={'show': false}, quoting={'schema': false}, column_types={'k': 'int'}, contract={'enforced': false}, event_time='et', batch_size='hour', lookback=2, concurrent_batches=false, freshness={'build_after': {'count': 2, 'period': 'hour'}}) }}
{{ config(tags='second', meta={'z': 3}, unique_key='c', post_hook=['a', {'sql': 'b', 'transaction': False}], grants={'select': 'u', '+insert': ['v']}) }}
{{ config({'tags': ['dict'], 'pre-hook': 'dash', 'made_up': 1}) }}
select * from {{ ref('a') }}
