{{ config(materialized='incremental', incremental_strategy='merge', merge_update_columns=['name'], merge_clauses={'when_matched': [{'action': 'delete'}]}) }}
{% if execute %}
{{ validate_merge_config(config, this) }}
{% endif %}
