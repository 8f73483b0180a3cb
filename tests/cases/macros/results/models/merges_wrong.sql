{{ config(materialized='incremental', incremental_strategy='merge', merge_update_columns='name', merge_exclude_columns=['x'], merge_update_condition=5, merge_clauses={'when_matched': [{'action': 'fly'}, {'action': 'update', 'mode': 'explicit'}], 'nonsense': []}) }}
{% if execute %}
{{ validate_merge_config(config, this) }}
{% endif %}
