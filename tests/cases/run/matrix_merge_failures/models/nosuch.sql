{{ config(materialized='incremental', incremental_strategy='nosuch') }}
{{ rows() }}
