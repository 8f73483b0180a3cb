{{ config(materialized='incremental', unique_key='id', on_schema_change='sync_all_columns',
  post_hook="{{ 'select nosuch(1)' if is_incremental() and var('fails', false) }}") }}
{{ rows("id, ts" ~ (", val as more" if var('fails', false) else ", val")) }}
