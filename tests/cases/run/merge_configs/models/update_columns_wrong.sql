{{ config(merge_update_columns=['nosuch']) }}
{{ rows() }}
