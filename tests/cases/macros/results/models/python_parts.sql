-- depends_on: {{ ref('located') }}
{{ config(materialized='table', meta={'a': 1}) }}
{% if execute %}
{{ build_config_dict(model) }}
{{ py_script_comment() }}
{{ resolve_model_name(ref('located')) }}
{% endif %}
