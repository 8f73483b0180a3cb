{{ config(merge_exclude_columns=['Name', 'live']) }}
{{ rows() }}
