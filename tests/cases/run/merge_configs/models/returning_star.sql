{{ config(merge_returning_columns=['*']) }}
{{ rows() }}
