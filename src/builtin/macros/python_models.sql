{#
  The Python that goes below a Python model: what `dbt.ref`, `dbt.source`, `dbt.config` and `dbt.this` give there.
#}

{% macro resolve_model_name(input_model_name) %}
  {%- do return(adapter.dispatch('resolve_model_name', 'dbt')(input_model_name)) -%}
{% endmacro %}

{%- macro default__resolve_model_name(input_model_name) -%}
  {{ input_model_name | string }}
{%- endmacro -%}

{% macro build_ref_function(model) %}
  {%- set tables = {} -%}
  {%- for reference in model.refs -%}
    {%- set address = [reference.get('package'), reference['name']] | select | list -%}
    {%- set relation = ref(*address, v=reference.get('version')) -%}
    {%- do address.append('v' ~ reference.get('version')) if reference.get('version') -%}
    {# A project's own `ref` may return text; a Relation is rendered here, past limits and filters. #}
    {%- set name = relation.render() if relation.render is defined and relation.render is callable else relation -%}
    {%- do tables.update({address | join('.'): resolve_model_name(name)}) -%}
  {%- endfor %}
{{ tsdbt__python_mapping('_ref_tables', tables) }}

def ref(*address, v=None, version=None, dbt_load_df_function=None):
    wanted = v or version
    return dbt_load_df_function(_ref_tables['.'.join(address + ((f'v{wanted}',) if wanted else ()))])
{% endmacro %}

{# Our own. #}
{% macro tsdbt__python_mapping(name, values) %}
{{ name }} = {{ values | tojson }}
{%- endmacro %}

{% macro build_source_function(model) %}
  {%- set tables = {} -%}
  {%- for address in model.sources -%}
    {%- do tables.update({address | join('.'): resolve_model_name(source(*address))}) -%}
  {%- endfor %}
{{ tsdbt__python_mapping('_source_tables', tables) }}

def source(*address, dbt_load_df_function):
    return dbt_load_df_function(_source_tables['.'.join(address)])
{% endmacro %}

{% macro build_config_dict(model) %}
  {%- set used = {} -%}
  {%- for key, default in zip(model.config.config_keys_used, model.config.config_keys_defaults) | list -%}
    {%- do used.update({key: model.config.get(key, default)}) -%}
  {%- endfor -%}
  {%- set used_meta = {} -%}
  {%- if model.config.meta_keys_used -%}
    {%- set meta = model.config.meta or {} -%}
    {%- for key, default in zip(model.config.meta_keys_used, model.config.meta_keys_defaults) | list -%}
      {%- do used_meta.update({key: meta.get(key, default)}) -%}
    {%- endfor -%}
  {%- endif %}
config_dict = {{ used }}
meta_dict = {{ used_meta }}
{% endmacro %}

{% macro py_script_postfix(model) %}
# The model ends here. Below: what it asks of its project.
{% for part in [build_ref_function, build_source_function, build_config_dict] %}
{{ part(model) }}
{%- endfor %}

from functools import partial as _partial
from types import SimpleNamespace as _Namespace


class config(_Namespace):
    get = staticmethod(lambda key, default=None: config_dict.get(key, default))
    meta_get = staticmethod(lambda key, default=None: meta_dict.get(key, default))


class this(_Namespace):
    database, schema, identifier = "{{ this.database }}", "{{ this.schema }}", "{{ this.identifier }}"
    __repr__ = lambda self: '{{ resolve_model_name(this) }}'


class dbtObj(_Namespace):
    def __init__(self, load_df_function):
        super().__init__(
            ref=_partial(ref, dbt_load_df_function=load_df_function),
            source=_partial(source, dbt_load_df_function=load_df_function),
            config=config, this=this(), is_incremental={{ is_incremental() }},
        )

{{ py_script_comment() }}
{% endmacro %}

{# For engines to say how the script is run by hand. #}
{% macro py_script_comment() %}
{% endmacro %}
