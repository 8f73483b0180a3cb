{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='append_new_columns', pre_hook="select 'in'", post_hook="select 'in'") }}
select id, name {% if is_incremental() %}, 1 as more {% endif %} from {{ ref('a_table') }}
