{{ config(materialized='incremental', incremental_strategy='in_two') }}
{{ rows("id, cast(" ~ ("val" if is_incremental() else "'7'") ~ " as varchar)" ~ ("::int" if not is_incremental()) ~ " as val, ts") }}
