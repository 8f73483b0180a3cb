{#
  The Python that goes below a Python model: what `dbt.ref`, `dbt.source`, `dbt.config` and `dbt.this` give there.
#}

{% macro resolve_model_name(input_model_name) %}
  {%- do return(adapter.dispatch('resolve_model_name', 'dbt')(input_model_name)) -%}
{% endmacro %}

{%- macro default__resolve_model_name(input_model_name) -%}
  {{ input_model_name | string | replace('"', '\\"') }}
{%- endmacro -%}

{% macro build_ref_function(model) %}
  {%- set names = {} -%}
  {%- for reference in model.refs -%}
    {%- set version = reference.get('version') -%}
    {%- set parts = [reference['name']] -%}
    {%- if reference.get('package') -%}
      {%- do parts.insert(0, reference.get('package')) -%}
    {%- endif -%}
    {%- set relation = ref(*parts, v=version) -%}
    {# A project's own `ref` may return text; a Relation is rendered here, past limits and filters. #}
    {%- if relation.render is defined and relation.render is callable -%}
      {%- set relation = relation.render() -%}
    {%- endif -%}
    {%- if version -%}
      {%- do parts.append('v' ~ version) -%}
    {%- endif -%}
    {%- do names.update({parts | join('.'): resolve_model_name(relation)}) -%}
  {%- endfor %}
def ref(*args, **kwargs):
    names = {{ names | tojson }}
    wanted = ".".join(args)
    version = kwargs.get("v") or kwargs.get("version")
    if version:
        wanted = f"{wanted}.v{version}"
    load = kwargs.get("dbt_load_df_function")
    return load(names[wanted])
{% endmacro %}

{% macro build_source_function(model) %}
  {%- set names = {} -%}
  {%- for parts in model.sources -%}
    {%- do names.update({parts | join('.'): resolve_model_name(source(*parts))}) -%}
  {%- endfor %}
def source(*args, dbt_load_df_function):
    names = {{ names | tojson }}
    return dbt_load_df_function(names[".".join(args)])
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
# Everything above is the model; what follows connects it to the project.

{{ build_ref_function(model) }}
{{ build_source_function(model) }}
{{ build_config_dict(model) }}

class config:
    def __init__(self, *args, **kwargs):
        pass

    @staticmethod
    def get(key, default=None):
        return config_dict.get(key, default)

    @staticmethod
    def meta_get(key, default=None):
        return meta_dict.get(key, default)

class this:
    """The relation that the model builds."""
    database = "{{ this.database }}"
    schema = "{{ this.schema }}"
    identifier = "{{ this.identifier }}"

    def __repr__(self):
        return '{{ resolve_model_name(this) }}'


class dbtObj:
    def __init__(self, load_df_function) -> None:
        self.source = lambda *args: source(*args, dbt_load_df_function=load_df_function)
        self.ref = lambda *args, **kwargs: ref(*args, **kwargs, dbt_load_df_function=load_df_function)
        self.config = config
        self.this = this()
        self.is_incremental = {{ is_incremental() }}

{{ py_script_comment() }}
{% endmacro %}

{# For engines to say how the script is run by hand. #}
{% macro py_script_comment() %}
{% endmacro %}
