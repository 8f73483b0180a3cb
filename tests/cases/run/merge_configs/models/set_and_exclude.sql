{{ config(merge_exclude_columns=['live', 'kind'], merge_update_set_expressions={'name': 'upper(DBT_INTERNAL_SOURCE.name)'}) }}
{{ rows() }}
