{{ config(merge_on_using_columns=['id', 1], merge_update_columns=[none, {'a': 1}], merge_exclude_columns=[['a'], 1.5], merge_returning_columns=[true]) }}
{{ rows() }}
