{{ config(materialized='external', location='here.csv', format='csv', options={'delimiter': '|', 'quote': "{{ '\"' }}"}, partition_by='a') }}
{% if execute %}
{{ render_write_options(config) }}
{{ external_location(this, config) }}
{{ adapter.external_write_options('here.csv', render_write_options(config)) }}
{{ adapter.external_read_location('here.csv', render_write_options(config)) }}
{% endif %}
