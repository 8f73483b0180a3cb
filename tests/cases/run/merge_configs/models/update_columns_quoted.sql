{{ config(merge_update_columns=['"name"', 'AMOUNT']) }}
{{ rows() }}
