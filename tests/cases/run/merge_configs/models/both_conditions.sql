{{ config(merge_update_condition='DBT_INTERNAL_DEST.live', merge_insert_condition="DBT_INTERNAL_SOURCE.kind = 'x'", merge_update_columns=['name']) }}
{{ rows() }}
