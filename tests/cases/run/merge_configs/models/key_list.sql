{{ config(unique_key=['id', 'kind']) }}
{{ rows() }}
