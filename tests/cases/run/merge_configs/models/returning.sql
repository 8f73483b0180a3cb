{{ config(merge_returning_columns=['id', 'merge_action']) }}
{{ rows() }}
