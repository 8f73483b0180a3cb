{{ config(tags=[pkg.own_version()]) }}
select '{{ model.config.tags[0] }}' as version
