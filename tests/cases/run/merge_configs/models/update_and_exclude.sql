{{ config(merge_update_columns=['name'], merge_exclude_columns=['live']) }}
{{ rows() }}
