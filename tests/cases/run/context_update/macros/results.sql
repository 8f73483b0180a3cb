{# The steps of a result are objects with `to_dict`, as the result is. #}
{% macro keep_steps(results) %}
  {% for r in results %}
    {% for step in r.timing %}
create table if not exists main.steps (node text, step text, keys text);
insert into main.steps values ('{{ r.node.name }}', '{{ step.name }}', '{{ step.to_dict().keys() | sort | join(' ') }}');
    {% endfor %}
  {% endfor %}
{% endmacro %}
