-- depends_on: {{ ref('a') }}
{% if execute %}
select $x${{ graph.nodes['model.shop.c'].config.metrics }} {{ graph.nodes['model.shop.c'].tags }} {{ graph.nodes['model.shop.a'].meta }} {{ var('limits') }}$x$ as seen
{% endif %}
