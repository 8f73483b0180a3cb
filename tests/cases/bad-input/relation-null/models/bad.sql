{% if execute %}{% do adapter.drop_relation(none) %}{% endif %}select 1 as id
