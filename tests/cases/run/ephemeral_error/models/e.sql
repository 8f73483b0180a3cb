{{ config(materialized='ephemeral') }}
select {{ exceptions.raise_compiler_error('no good') if execute }}
