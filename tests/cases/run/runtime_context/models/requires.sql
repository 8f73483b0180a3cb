{% if execute %}{{ config.require('not_there') }}{% endif %}select 1
