{{ config(merge_update_columns=['live', 'name'], merge_update_set_expressions={'name': "'set'"}) }}
{{ rows() }}
