{{ config(materialized='incremental', incremental_strategy='insert_overwrite') }}
{{ rows() }}
