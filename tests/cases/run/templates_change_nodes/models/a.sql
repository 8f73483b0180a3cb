-- depends_on: {{ ref('c') }}
{% if execute %}
  {% set c = graph.nodes['model.shop.c'] %}
  {% do c.config.metrics.column.update({'graph': [1, {'n': (1, 2.5)}]}) %}
  {% do c.meta.update({'graph': true}) %}
  {% do c.tags.append('graph') %}
  {% do model.config.metrics.update({'model': {'m': none}}) %}
  {% do model.meta.update({'model': 1}) %}
  {% do model.config.tags.append('model') %}
  {% do config.get('metrics').update({'config': {'k': 'v'}}) %}
  {% do var('limits').update({'high': {'h': 1}}) %}
{% endif %}
select $x${{ model.config.metrics }} {{ model.meta }} {{ model.tags }} {{ config.get('metrics') }} {{ var('limits') }}$x$ as seen
