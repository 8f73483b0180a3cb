{{ config(unique_key=[]) }}
{{ rows() }}
