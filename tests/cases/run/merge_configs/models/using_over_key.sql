{{ config(merge_on_using_columns=['kind', 'id'], unique_key='nosuch') }}
{{ rows() }}
