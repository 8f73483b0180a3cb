{{ config(materialized='table', tags=['t'], meta={'kept': none, 'a': {'b': none}}, pre_hook='select 1', docs={'show': false}, own_key={'x': none}) }}
{% for key in model.keys() | sort if key not in ['created_at', 'config_call_dict', 'unrendered_config_call_dict', 'checksum', 'raw_code', 'compiled_code', 'compiled_sql', 'build_path', 'path', 'compiled_path', 'original_file_path', 'patch_path'] %}
{{ key }} = {{ tojson(model[key], sort_keys=true) }}
{%- endfor %}
