{{ config(merge_on_using_columns=['id'], incremental_predicates=['DBT_INTERNAL_DEST.id > 2']) }}
{{ rows() }}
