{{ config(merge_on_using_columns=['id', 'kind'], unique_key=none) }}
{{ rows() }}
