{{ config(unique_key='nosuch') }}
{{ rows() }}
