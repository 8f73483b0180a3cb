-- depends_on: {{ ref('b') }}
select {{ nofn('x') }} as n, '{{ this }}' as t, '{{ this.schema }}' as s, {{ var('missing') or 0 }}
{% if execute %} {{ undefined_thing.x.y() }} {% endif %}