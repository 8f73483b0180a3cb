{{ config(unique_key=none) }}
{{ rows() }}
