{{ config(merge_update_condition=1, merge_insert_condition=['a'], merge_on_using_columns='id', merge_update_columns='id', merge_update_set_expressions=['a'], merge_exclude_columns={'a': 1}, merge_returning_columns='id') }}
{{ rows() }}
