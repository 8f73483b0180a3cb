{{ config(materialized='incremental', incremental_strategy='append') }}
{% if execute %}
{{ get_incremental_microbatch_sql({'target_relation': this, 'temp_relation': this, 'unique_key': none, 'dest_columns': [], 'incremental_predicates': none}) }}
{% endif %}
