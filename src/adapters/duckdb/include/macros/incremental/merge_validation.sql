{# All that is wrong with a model's merge configuration, in one error. #}

{% macro validate_merge_config(config, target_relation=none) %}
  {%- set checks = {'string': validate_string_field, 'sequence': validate_string_list_field, 'mapping': validate_dict_field} -%}
  {%- set fields = tsdbt__duckdb_merge_fields() -%}
  {%- set errors = [] -%}
  {%- for name, kind in fields.items() -%}
    {%- do checks[kind](config.get(name), name, errors) -%}
  {%- endfor -%}
  {%- do validate_merge_clauses(config, fields, errors) -%}
  {%- do validate_ducklake_restrictions(config, target_relation, errors) if not errors -%}
  {%- do exceptions.raise_compiler_error((['MERGE configuration errors:'] + errors) | join('\n')) if errors -%}
{% endmacro %}

{# Our own: the configurations beside `merge_clauses`, and what each must be. #}
{% macro tsdbt__duckdb_merge_fields() %}
  {%- do return({
      'merge_update_condition': 'string',
      'merge_insert_condition': 'string',
      'merge_on_using_columns': 'sequence',
      'merge_update_columns': 'sequence',
      'merge_update_set_expressions': 'mapping',
      'merge_exclude_columns': 'sequence',
      'merge_returning_columns': 'sequence'
  }) -%}
{% endmacro %}

{%- macro validate_merge_clauses(config, base_configuration_fields, errors) -%}
  {%- set clauses = config.get('merge_clauses') -%}
  {%- if clauses is none -%}
    {%- do return(none) -%}
  {%- elif clauses is not mapping -%}
    {%- do errors.append('merge_clauses must be a dictionary, found: ' ~ clauses) -%}
    {%- do return(none) -%}
  {%- endif -%}

  {%- if 'when_matched' not in clauses and 'when_not_matched' not in clauses -%}
    {%- do errors.append("merge_clauses must contain at least one of 'when_matched' or 'when_not_matched' keys") -%}
  {%- endif -%}
  {%- for clause_type in ['when_matched', 'when_not_matched'] if clause_type in clauses -%}
    {%- do validate_merge_clause_list(clauses, clause_type, errors) -%}
  {%- endfor -%}

  {%- set ignored = [] -%}
  {%- for name, kind in base_configuration_fields.items() if name not in ['merge_on_using_columns', 'merge_returning_columns'] -%}
    {%- set value = config.get(name) -%}
    {%- if value is not none and (kind == 'string' or value | length > 0) -%}
      {%- do ignored.append(name) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if ignored -%}
    {%- do errors.append('When merge_clauses is specified, the following basic merge configurations will be ignored and should be removed: '
        ~ ignored | join(', ') ~ '. Define your merge behavior within merge_clauses instead.') -%}
  {%- endif -%}
{%- endmacro -%}

{%- macro validate_merge_clause_list(merge_clauses, clause_type, errors) -%}
  {%- set label = 'merge_clauses.' ~ clause_type -%}
  {%- set clauses = merge_clauses.get(clause_type) -%}
  {%- if clauses is string or clauses is mapping or clauses is not sequence -%}
    {%- do errors.append(label ~ ' must be a list') -%}
  {%- else -%}
    {%- for clause in clauses -%}
      {%- if clause is not mapping -%}
        {%- do errors.append(label ~ ' elements must be dictionaries, found: ' ~ clause) -%}
      {%- else -%}
        {%- do errors.extend(tsdbt__duckdb_merge_clause_errors(clause, clause_type, label ~ '[' ~ loop.index0 ~ ']')) -%}
      {%- endif -%}
    {%- else -%}
      {%- do errors.append(label ~ ' must contain at least one element') -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro -%}

{# Our own: an action or a mode that there is not would leave a hole in the statement. #}
{% macro tsdbt__duckdb_merge_clause_errors(clause, clause_type, label) %}
  {%- set matched = clause_type == 'when_matched' -%}
  {%- set actions = ['update', 'delete', 'do_nothing', 'error'] if matched else ['insert', 'update', 'delete', 'do_nothing', 'error'] -%}
  {%- set modes = ['by_name', 'by_position', 'star', 'explicit'] -%}
  {%- set action = clause.get('action') -%}
  {%- set problem = label ~ '.%s must be one of %s, found: %s' -%}
  {%- if action not in actions -%}
    {%- do return([problem | format('action', actions | join(', '), action)]) -%}
  {%- elif action == ('update' if matched else 'insert') and clause.get('mode') not in modes -%}
    {%- do return([problem | format('mode', modes | join(', '), clause.get('mode'))]) -%}
  {%- endif -%}
  {%- do return([]) -%}
{% endmacro %}

{# DuckLake returns nothing, and updates or deletes once in a statement. #}
{%- macro validate_ducklake_restrictions(config, target_relation, errors) -%}
  {%- if target_relation and adapter.is_ducklake(target_relation) -%}
    {%- set rule = 'DuckLake MERGE restrictions: ' -%}
    {%- if config.get('merge_returning_columns') -%}
      {%- do errors.append(rule ~ 'merge_returning_columns is not supported because DuckLake does not support RETURNING.') -%}
    {%- endif -%}

    {%- set clauses = config.get('merge_clauses') or {} -%}
    {%- set actions = (clauses.get('when_matched', []) + clauses.get('when_not_matched', [])) | map(attribute='action', default=none) -%}
    {%- set changing = actions | select('in', ['update', 'delete']) | list | length -%}
    {%- if changing > 1 -%}
      {%- do errors.append(rule ~ 'merge_clauses can contain only a single UPDATE or DELETE action across when_matched and when_not_matched. Found '
          ~ changing ~ ' UPDATE/DELETE actions.') -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro -%}

{%- macro validate_string_field(field_value, field_name, errors) -%}
  {%- set fits = field_value is none or field_value is string -%}
  {%- do errors.append(field_name ~ ' must be a string, found: ' ~ field_value) if not fits -%}
{%- endmacro -%}

{%- macro validate_string_list_field(field_value, field_name, errors) -%}
  {%- set is_list = field_value is sequence and field_value is not string and field_value is not mapping -%}
  {%- do errors.append(field_name ~ ' must be a list') if not is_list and field_value is not none -%}
  {%- for misfit in (field_value if is_list else []) | reject('string') -%}
    {%- do errors.append(field_name ~ ' must contain only string values, found: ' ~ misfit) -%}
  {%- endfor -%}
{%- endmacro -%}

{%- macro validate_dict_field(field_value, field_name, errors) -%}
  {%- set fits = field_value is none or field_value is mapping -%}
  {%- do errors.append(field_name ~ ' must be a dictionary, found: ' ~ field_value) if not fits -%}
{%- endmacro -%}
