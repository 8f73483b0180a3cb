{{ config(merge_update_columns=['name', 'amount']) }}
{{ rows() }}
