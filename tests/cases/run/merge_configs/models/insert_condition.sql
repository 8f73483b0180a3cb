{{ config(merge_insert_condition='DBT_INTERNAL_SOURCE.amount > 100') }}
{{ rows() }}
