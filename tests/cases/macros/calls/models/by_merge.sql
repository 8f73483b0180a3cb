{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id', on_schema_change='sync_all_columns', merge_exclude_columns=['extra']) }}
select id, name {% if not is_incremental() %}, 1 as extra {% else %}, 'x' as other {% endif %} from {{ ref('a_table') }}
