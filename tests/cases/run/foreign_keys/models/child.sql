{{ config(meta={'owner': 'me', 'nested': {'a': 1}}) }}
select 1 as id, 1 as parent_id, 1 as k, '{{ config.meta_get('owner') }} {{ config.meta_get('nope', 'fallback') }} {{ config.meta_require('nested').a }}' as said
