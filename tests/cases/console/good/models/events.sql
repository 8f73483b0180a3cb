{{ config(materialized='incremental', unique_key='id') }}
{% if execute %}{{ log('building ' ~ this.identifier, info=true) }}{{ print('printed by ' ~ this.identifier) }}{% endif %}
select id, name from {{ ref('stg_people') }}
