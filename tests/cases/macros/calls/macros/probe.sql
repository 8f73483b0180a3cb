{# Written by tests/oracle/macro_calls_record.py: each built-in macro tells of its call, then does what it does. #}

{% macro probe_show(value) %}
  {%- if value is undefined -%}{%- do return('undefined') -%}
  {%- elif value is string -%}
    {%- set text = value.split() | join(' ') -%}
    {%- do return(tojson(text if text | length < 160 else text[:80] ~ ' … ' ~ text[-40:])) -%}
  {%- elif value is none or value is boolean or value is number -%}{%- do return(value ~ '') -%}
  {%- elif value.render is defined -%}{%- do return('<' ~ value.type ~ ' ' ~ value ~ '>') -%}
  {%- elif value is mapping -%}
    {%- if 'unique_id' in value -%}{%- do return('<node ' ~ value['unique_id'] ~ '>') -%}{%- endif -%}
    {%- set items = [] -%}
    {%- for key in value -%}{%- do items.append(key ~ ': ' ~ probe_show(value[key])) -%}{%- endfor -%}
    {%- do return('{' ~ items | join(', ') ~ '}') -%}
  {%- elif value.column_names -%}{%- do return('<table ' ~ value.column_names | join(', ') ~ '>') -%}
  {%- elif value.data_type is defined -%}{%- do return('<column ' ~ value.name ~ ' ' ~ value.data_type ~ '>') -%}
  {%- elif value is callable -%}{%- do return('<callable>') -%}
  {%- elif value is sequence -%}
    {%- set items = [] -%}
    {%- for item in value -%}{%- do items.append(probe_show(item)) -%}{%- endfor -%}
    {%- do return('[' ~ items | join(', ') ~ ']') -%}
  {%- endif -%}
  {#- An iterator would be used up by showing it. -#}
  {%- do return('<object>') -%}
{% endmacro %}

{% macro probe_tell(name, values) %}
  {%- if execute -%}
    {%- set shown = [] -%}
    {%- for value in values -%}{%- do shown.append(probe_show(value)) -%}{%- endfor -%}
    {%- do print('PROBE ' ~ name ~ '(' ~ shown | join(', ') ~ ')') -%}
  {%- endif -%}
{% endmacro %}

{% macro _split_part_negative(string_text, delimiter_text, part_number) -%}{%- do probe_tell('_split_part_negative', [string_text, delimiter_text, part_number]) -%}{{ return(dbt._split_part_negative(string_text, delimiter_text, part_number)) }}{%- endmacro %}
{% macro after_commit(sql) -%}{%- do probe_tell('after_commit', [sql]) -%}{{ return(dbt.after_commit(sql)) }}{%- endmacro %}
{% macro alter_column_comment(relation, column_dict) -%}{%- do probe_tell('alter_column_comment', [relation, column_dict]) -%}{{ return(dbt.alter_column_comment(relation, column_dict)) }}{%- endmacro %}
{% macro alter_column_type(relation, column_name, new_column_type) -%}{%- do probe_tell('alter_column_type', [relation, column_name, new_column_type]) -%}{{ return(dbt.alter_column_type(relation, column_name, new_column_type)) }}{%- endmacro %}
{% macro alter_relation_add_remove_columns(relation, add_columns=None, remove_columns=None) -%}{%- do probe_tell('alter_relation_add_remove_columns', [relation, add_columns, remove_columns]) -%}{{ return(dbt.alter_relation_add_remove_columns(relation, add_columns, remove_columns)) }}{%- endmacro %}
{% macro alter_relation_comment(relation, relation_comment) -%}{%- do probe_tell('alter_relation_comment', [relation, relation_comment]) -%}{{ return(dbt.alter_relation_comment(relation, relation_comment)) }}{%- endmacro %}
{% macro any_value(expression) -%}{%- do probe_tell('any_value', [expression]) -%}{{ return(dbt.any_value(expression)) }}{%- endmacro %}
{% macro apply_grants(relation, grant_config, should_revoke) -%}{%- do probe_tell('apply_grants', [relation, grant_config, should_revoke]) -%}{{ return(dbt.apply_grants(relation, grant_config, should_revoke)) }}{%- endmacro %}
{% macro array_append(array, new_element) -%}{%- do probe_tell('array_append', [array, new_element]) -%}{{ return(dbt.array_append(array, new_element)) }}{%- endmacro %}
{% macro array_concat(array_1, array_2) -%}{%- do probe_tell('array_concat', [array_1, array_2]) -%}{{ return(dbt.array_concat(array_1, array_2)) }}{%- endmacro %}
{% macro array_construct(inputs=[], data_type=api.Column.translate_type('integer')) -%}{%- do probe_tell('array_construct', [inputs, data_type]) -%}{{ return(dbt.array_construct(inputs, data_type)) }}{%- endmacro %}
{% macro assert_columns_equivalent(sql) -%}{%- do probe_tell('assert_columns_equivalent', [sql]) -%}{{ return(dbt.assert_columns_equivalent(sql)) }}{%- endmacro %}
{% macro before_begin(sql) -%}{%- do probe_tell('before_begin', [sql]) -%}{{ return(dbt.before_begin(sql)) }}{%- endmacro %}
{% macro bool_or(expression) -%}{%- do probe_tell('bool_or', [expression]) -%}{{ return(dbt.bool_or(expression)) }}{%- endmacro %}
{% macro build_config_dict(model) -%}{%- do probe_tell('build_config_dict', [model]) -%}{{ return(dbt.build_config_dict(model)) }}{%- endmacro %}
{% macro build_ref_function(model) -%}{%- do probe_tell('build_ref_function', [model]) -%}{{ return(dbt.build_ref_function(model)) }}{%- endmacro %}
{% macro build_snapshot_staging_table(strategy, sql, target_relation) -%}{%- do probe_tell('build_snapshot_staging_table', [strategy, sql, target_relation]) -%}{{ return(dbt.build_snapshot_staging_table(strategy, sql, target_relation)) }}{%- endmacro %}
{% macro build_snapshot_table(strategy, sql) -%}{%- do probe_tell('build_snapshot_table', [strategy, sql]) -%}{{ return(dbt.build_snapshot_table(strategy, sql)) }}{%- endmacro %}
{% macro build_source_function(model) -%}{%- do probe_tell('build_source_function', [model]) -%}{{ return(dbt.build_source_function(model)) }}{%- endmacro %}
{% macro call_dcl_statements(dcl_statement_list) -%}{%- do probe_tell('call_dcl_statements', [dcl_statement_list]) -%}{{ return(dbt.call_dcl_statements(dcl_statement_list)) }}{%- endmacro %}
{% macro can_clone_table() -%}{%- do probe_tell('can_clone_table', []) -%}{{ return(dbt.can_clone_table()) }}{%- endmacro %}
{% macro cast(field, type) -%}{%- do probe_tell('cast', [field, type]) -%}{{ return(dbt.cast(field, type)) }}{%- endmacro %}
{% macro cast_bool_to_text(field) -%}{%- do probe_tell('cast_bool_to_text', [field]) -%}{{ return(dbt.cast_bool_to_text(field)) }}{%- endmacro %}
{% macro check_for_schema_changes(source_relation, target_relation) -%}{%- do probe_tell('check_for_schema_changes', [source_relation, target_relation]) -%}{{ return(dbt.check_for_schema_changes(source_relation, target_relation)) }}{%- endmacro %}
{% macro check_schema_exists(information_schema, schema) -%}{%- do probe_tell('check_schema_exists', [information_schema, schema]) -%}{{ return(dbt.check_schema_exists(information_schema, schema)) }}{%- endmacro %}
{% macro check_time_data_types(sql) -%}{%- do probe_tell('check_time_data_types', [sql]) -%}{{ return(dbt.check_time_data_types(sql)) }}{%- endmacro %}
{% macro collect_freshness(source, loaded_at_field, filter) -%}{%- do probe_tell('collect_freshness', [source, loaded_at_field, filter]) -%}{{ return(dbt.collect_freshness(source, loaded_at_field, filter)) }}{%- endmacro %}
{% macro collect_freshness_custom_sql(source, loaded_at_query) -%}{%- do probe_tell('collect_freshness_custom_sql', [source, loaded_at_query]) -%}{{ return(dbt.collect_freshness_custom_sql(source, loaded_at_query)) }}{%- endmacro %}
{% macro concat(fields) -%}{%- do probe_tell('concat', [fields]) -%}{{ return(dbt.concat(fields)) }}{%- endmacro %}
{% macro convert_datetime(date_str, date_fmt) -%}{%- do probe_tell('convert_datetime', [date_str, date_fmt]) -%}{{ return(dbt.convert_datetime(date_str, date_fmt)) }}{%- endmacro %}
{% macro copy_grants() -%}{%- do probe_tell('copy_grants', []) -%}{{ return(dbt.copy_grants()) }}{%- endmacro %}
{% macro create_columns(relation, columns) -%}{%- do probe_tell('create_columns', [relation, columns]) -%}{{ return(dbt.create_columns(relation, columns)) }}{%- endmacro %}
{% macro create_csv_table(model, agate_table) -%}{%- do probe_tell('create_csv_table', [model, agate_table]) -%}{{ return(dbt.create_csv_table(model, agate_table)) }}{%- endmacro %}
{% macro create_indexes(relation) -%}{%- do probe_tell('create_indexes', [relation]) -%}{{ return(dbt.create_indexes(relation)) }}{%- endmacro %}
{% macro create_or_replace_clone(this_relation, defer_relation) -%}{%- do probe_tell('create_or_replace_clone', [this_relation, defer_relation]) -%}{{ return(dbt.create_or_replace_clone(this_relation, defer_relation)) }}{%- endmacro %}
{% macro create_or_replace_view() -%}{%- do probe_tell('create_or_replace_view', []) -%}{{ return(dbt.create_or_replace_view()) }}{%- endmacro %}
{% macro create_schema(relation) -%}{%- do probe_tell('create_schema', [relation]) -%}{{ return(dbt.create_schema(relation)) }}{%- endmacro %}
{% macro create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=None, sorted_by=None) -%}{%- do probe_tell('create_table_as', [temporary, relation, compiled_code, language, partitioned_by, sorted_by]) -%}{{ return(dbt.create_table_as(temporary, relation, compiled_code, language, partitioned_by, sorted_by)) }}{%- endmacro %}
{% macro create_view_as(relation, sql) -%}{%- do probe_tell('create_view_as', [relation, sql]) -%}{{ return(dbt.create_view_as(relation, sql)) }}{%- endmacro %}
{% macro current_timestamp() -%}{%- do probe_tell('current_timestamp', []) -%}{{ return(dbt.current_timestamp()) }}{%- endmacro %}
{% macro current_timestamp_backcompat() -%}{%- do probe_tell('current_timestamp_backcompat', []) -%}{{ return(dbt.current_timestamp_backcompat()) }}{%- endmacro %}
{% macro current_timestamp_in_utc_backcompat() -%}{%- do probe_tell('current_timestamp_in_utc_backcompat', []) -%}{{ return(dbt.current_timestamp_in_utc_backcompat()) }}{%- endmacro %}
{% macro date(year, month, day) -%}{%- do probe_tell('date', [year, month, day]) -%}{{ return(dbt.date(year, month, day)) }}{%- endmacro %}
{% macro date_spine(datepart, start_date, end_date) -%}{%- do probe_tell('date_spine', [datepart, start_date, end_date]) -%}{{ return(dbt.date_spine(datepart, start_date, end_date)) }}{%- endmacro %}
{% macro date_trunc(datepart, date) -%}{%- do probe_tell('date_trunc', [datepart, date]) -%}{{ return(dbt.date_trunc(datepart, date)) }}{%- endmacro %}
{% macro dateadd(datepart, interval, from_date_or_timestamp) -%}{%- do probe_tell('dateadd', [datepart, interval, from_date_or_timestamp]) -%}{{ return(dbt.dateadd(datepart, interval, from_date_or_timestamp)) }}{%- endmacro %}
{% macro datediff(first_date, second_date, datepart) -%}{%- do probe_tell('datediff', [first_date, second_date, datepart]) -%}{{ return(dbt.datediff(first_date, second_date, datepart)) }}{%- endmacro %}
{% macro dates_in_range(start_date_str, end_date_str=None, in_fmt='%Y%m%d', out_fmt='%Y%m%d') -%}{%- do probe_tell('dates_in_range', [start_date_str, end_date_str, in_fmt, out_fmt]) -%}{{ return(dbt.dates_in_range(start_date_str, end_date_str, in_fmt, out_fmt)) }}{%- endmacro %}
{% macro default__alter_column_comment(relation, column_dict) -%}{%- do probe_tell('default__alter_column_comment', [relation, column_dict]) -%}{{ return(dbt.default__alter_column_comment(relation, column_dict)) }}{%- endmacro %}
{% macro default__alter_column_type(relation, column_name, new_column_type) -%}{%- do probe_tell('default__alter_column_type', [relation, column_name, new_column_type]) -%}{{ return(dbt.default__alter_column_type(relation, column_name, new_column_type)) }}{%- endmacro %}
{% macro default__alter_relation_add_remove_columns(relation, add_columns, remove_columns) -%}{%- do probe_tell('default__alter_relation_add_remove_columns', [relation, add_columns, remove_columns]) -%}{{ return(dbt.default__alter_relation_add_remove_columns(relation, add_columns, remove_columns)) }}{%- endmacro %}
{% macro default__alter_relation_comment(relation, relation_comment) -%}{%- do probe_tell('default__alter_relation_comment', [relation, relation_comment]) -%}{{ return(dbt.default__alter_relation_comment(relation, relation_comment)) }}{%- endmacro %}
{% macro default__any_value(expression) -%}{%- do probe_tell('default__any_value', [expression]) -%}{{ return(dbt.default__any_value(expression)) }}{%- endmacro %}
{% macro default__apply_grants(relation, grant_config, should_revoke=True) -%}{%- do probe_tell('default__apply_grants', [relation, grant_config, should_revoke]) -%}{{ return(dbt.default__apply_grants(relation, grant_config, should_revoke)) }}{%- endmacro %}
{% macro default__array_append(array, new_element) -%}{%- do probe_tell('default__array_append', [array, new_element]) -%}{{ return(dbt.default__array_append(array, new_element)) }}{%- endmacro %}
{% macro default__array_concat(array_1, array_2) -%}{%- do probe_tell('default__array_concat', [array_1, array_2]) -%}{{ return(dbt.default__array_concat(array_1, array_2)) }}{%- endmacro %}
{% macro default__array_construct(inputs, data_type) -%}{%- do probe_tell('default__array_construct', [inputs, data_type]) -%}{{ return(dbt.default__array_construct(inputs, data_type)) }}{%- endmacro %}
{% macro default__bool_or(expression) -%}{%- do probe_tell('default__bool_or', [expression]) -%}{{ return(dbt.default__bool_or(expression)) }}{%- endmacro %}
{% macro default__build_snapshot_table(strategy, sql) -%}{%- do probe_tell('default__build_snapshot_table', [strategy, sql]) -%}{{ return(dbt.default__build_snapshot_table(strategy, sql)) }}{%- endmacro %}
{% macro default__call_dcl_statements(dcl_statement_list) -%}{%- do probe_tell('default__call_dcl_statements', [dcl_statement_list]) -%}{{ return(dbt.default__call_dcl_statements(dcl_statement_list)) }}{%- endmacro %}
{% macro default__can_clone_table() -%}{%- do probe_tell('default__can_clone_table', []) -%}{{ return(dbt.default__can_clone_table()) }}{%- endmacro %}
{% macro default__cast(field, type) -%}{%- do probe_tell('default__cast', [field, type]) -%}{{ return(dbt.default__cast(field, type)) }}{%- endmacro %}
{% macro default__cast_bool_to_text(field) -%}{%- do probe_tell('default__cast_bool_to_text', [field]) -%}{{ return(dbt.default__cast_bool_to_text(field)) }}{%- endmacro %}
{% macro default__check_for_schema_changes(source_relation, target_relation) -%}{%- do probe_tell('default__check_for_schema_changes', [source_relation, target_relation]) -%}{{ return(dbt.default__check_for_schema_changes(source_relation, target_relation)) }}{%- endmacro %}
{% macro default__check_schema_exists(information_schema, schema) -%}{%- do probe_tell('default__check_schema_exists', [information_schema, schema]) -%}{{ return(dbt.default__check_schema_exists(information_schema, schema)) }}{%- endmacro %}
{% macro default__collect_freshness(source, loaded_at_field, filter) -%}{%- do probe_tell('default__collect_freshness', [source, loaded_at_field, filter]) -%}{{ return(dbt.default__collect_freshness(source, loaded_at_field, filter)) }}{%- endmacro %}
{% macro default__collect_freshness_custom_sql(source, loaded_at_query) -%}{%- do probe_tell('default__collect_freshness_custom_sql', [source, loaded_at_query]) -%}{{ return(dbt.default__collect_freshness_custom_sql(source, loaded_at_query)) }}{%- endmacro %}
{% macro default__concat(fields) -%}{%- do probe_tell('default__concat', [fields]) -%}{{ return(dbt.default__concat(fields)) }}{%- endmacro %}
{% macro default__copy_grants() -%}{%- do probe_tell('default__copy_grants', []) -%}{{ return(dbt.default__copy_grants()) }}{%- endmacro %}
{% macro default__create_columns(relation, columns) -%}{%- do probe_tell('default__create_columns', [relation, columns]) -%}{{ return(dbt.default__create_columns(relation, columns)) }}{%- endmacro %}
{% macro default__create_csv_table(model, agate_table) -%}{%- do probe_tell('default__create_csv_table', [model, agate_table]) -%}{{ return(dbt.default__create_csv_table(model, agate_table)) }}{%- endmacro %}
{% macro default__create_indexes(relation) -%}{%- do probe_tell('default__create_indexes', [relation]) -%}{{ return(dbt.default__create_indexes(relation)) }}{%- endmacro %}
{% macro default__create_or_replace_clone(this_relation, defer_relation) -%}{%- do probe_tell('default__create_or_replace_clone', [this_relation, defer_relation]) -%}{{ return(dbt.default__create_or_replace_clone(this_relation, defer_relation)) }}{%- endmacro %}
{% macro default__create_schema(relation) -%}{%- do probe_tell('default__create_schema', [relation]) -%}{{ return(dbt.default__create_schema(relation)) }}{%- endmacro %}
{% macro default__create_table_as(temporary, relation, sql) -%}{%- do probe_tell('default__create_table_as', [temporary, relation, sql]) -%}{{ return(dbt.default__create_table_as(temporary, relation, sql)) }}{%- endmacro %}
{% macro default__create_view_as(relation, sql) -%}{%- do probe_tell('default__create_view_as', [relation, sql]) -%}{{ return(dbt.default__create_view_as(relation, sql)) }}{%- endmacro %}
{% macro default__current_timestamp() -%}{%- do probe_tell('default__current_timestamp', []) -%}{{ return(dbt.default__current_timestamp()) }}{%- endmacro %}
{% macro default__current_timestamp_backcompat() -%}{%- do probe_tell('default__current_timestamp_backcompat', []) -%}{{ return(dbt.default__current_timestamp_backcompat()) }}{%- endmacro %}
{% macro default__current_timestamp_in_utc_backcompat() -%}{%- do probe_tell('default__current_timestamp_in_utc_backcompat', []) -%}{{ return(dbt.default__current_timestamp_in_utc_backcompat()) }}{%- endmacro %}
{% macro default__date(year, month, day) -%}{%- do probe_tell('default__date', [year, month, day]) -%}{{ return(dbt.default__date(year, month, day)) }}{%- endmacro %}
{% macro default__date_spine(datepart, start_date, end_date) -%}{%- do probe_tell('default__date_spine', [datepart, start_date, end_date]) -%}{{ return(dbt.default__date_spine(datepart, start_date, end_date)) }}{%- endmacro %}
{% macro default__date_trunc(datepart, date) -%}{%- do probe_tell('default__date_trunc', [datepart, date]) -%}{{ return(dbt.default__date_trunc(datepart, date)) }}{%- endmacro %}
{% macro default__dateadd(datepart, interval, from_date_or_timestamp) -%}{%- do probe_tell('default__dateadd', [datepart, interval, from_date_or_timestamp]) -%}{{ return(dbt.default__dateadd(datepart, interval, from_date_or_timestamp)) }}{%- endmacro %}
{% macro default__datediff(first_date, second_date, datepart) -%}{%- do probe_tell('default__datediff', [first_date, second_date, datepart]) -%}{{ return(dbt.default__datediff(first_date, second_date, datepart)) }}{%- endmacro %}
{% macro default__diff_column_data_types(source_columns, target_columns) -%}{%- do probe_tell('default__diff_column_data_types', [source_columns, target_columns]) -%}{{ return(dbt.default__diff_column_data_types(source_columns, target_columns)) }}{%- endmacro %}
{% macro default__drop_materialized_view(relation) -%}{%- do probe_tell('default__drop_materialized_view', [relation]) -%}{{ return(dbt.default__drop_materialized_view(relation)) }}{%- endmacro %}
{% macro default__drop_relation(relation) -%}{%- do probe_tell('default__drop_relation', [relation]) -%}{{ return(dbt.default__drop_relation(relation)) }}{%- endmacro %}
{% macro default__drop_schema(relation) -%}{%- do probe_tell('default__drop_schema', [relation]) -%}{{ return(dbt.default__drop_schema(relation)) }}{%- endmacro %}
{% macro default__drop_schema_named(schema_name) -%}{%- do probe_tell('default__drop_schema_named', [schema_name]) -%}{{ return(dbt.default__drop_schema_named(schema_name)) }}{%- endmacro %}
{% macro default__drop_table(relation) -%}{%- do probe_tell('default__drop_table', [relation]) -%}{{ return(dbt.default__drop_table(relation)) }}{%- endmacro %}
{% macro default__drop_view(relation) -%}{%- do probe_tell('default__drop_view', [relation]) -%}{{ return(dbt.default__drop_view(relation)) }}{%- endmacro %}
{% macro default__equals(expr1, expr2) -%}{%- do probe_tell('default__equals', [expr1, expr2]) -%}{{ return(dbt.default__equals(expr1, expr2)) }}{%- endmacro %}
{% macro default__escape_single_quotes(expression) -%}{%- do probe_tell('default__escape_single_quotes', [expression]) -%}{{ return(dbt.default__escape_single_quotes(expression)) }}{%- endmacro %}
{% macro default__except() -%}{%- do probe_tell('default__except', []) -%}{{ return(dbt.default__except()) }}{%- endmacro %}
{% macro default__flight_name(parsed_model) -%}{%- do probe_tell('default__flight_name', [parsed_model]) -%}{{ return(dbt.default__flight_name(parsed_model)) }}{%- endmacro %}
{% macro default__format_column(column) -%}{%- do probe_tell('default__format_column', [column]) -%}{{ return(dbt.default__format_column(column)) }}{%- endmacro %}
{% macro default__formatted_scalar_function_args_javascript() -%}{%- do probe_tell('default__formatted_scalar_function_args_javascript', []) -%}{{ return(dbt.default__formatted_scalar_function_args_javascript()) }}{%- endmacro %}
{% macro default__formatted_scalar_function_args_sql() -%}{%- do probe_tell('default__formatted_scalar_function_args_sql', []) -%}{{ return(dbt.default__formatted_scalar_function_args_sql()) }}{%- endmacro %}
{% macro default__function_execute_build_sql(build_sql, existing_relation, target_relation) -%}{%- do probe_tell('default__function_execute_build_sql', [build_sql, existing_relation, target_relation]) -%}{{ return(dbt.default__function_execute_build_sql(build_sql, existing_relation, target_relation)) }}{%- endmacro %}
{% macro default__generate_alias_name(custom_alias_name=None, node=None) -%}{%- do probe_tell('default__generate_alias_name', [custom_alias_name, node]) -%}{{ return(dbt.default__generate_alias_name(custom_alias_name, node)) }}{%- endmacro %}
{% macro default__generate_database_name(custom_database_name=None, node=None) -%}{%- do probe_tell('default__generate_database_name', [custom_database_name, node]) -%}{{ return(dbt.default__generate_database_name(custom_database_name, node)) }}{%- endmacro %}
{% macro default__generate_latest_version_pointer_alias(custom_alias_name=None, node=None) -%}{%- do probe_tell('default__generate_latest_version_pointer_alias', [custom_alias_name, node]) -%}{{ return(dbt.default__generate_latest_version_pointer_alias(custom_alias_name, node)) }}{%- endmacro %}
{% macro default__generate_schema_name(custom_schema_name, node) -%}{%- do probe_tell('default__generate_schema_name', [custom_schema_name, node]) -%}{{ return(dbt.default__generate_schema_name(custom_schema_name, node)) }}{%- endmacro %}
{% macro default__generate_series(upper_bound) -%}{%- do probe_tell('default__generate_series', [upper_bound]) -%}{{ return(dbt.default__generate_series(upper_bound)) }}{%- endmacro %}
{% macro default__get_aggregate_function_create_replace_signature(target_relation) -%}{%- do probe_tell('default__get_aggregate_function_create_replace_signature', [target_relation]) -%}{{ return(dbt.default__get_aggregate_function_create_replace_signature(target_relation)) }}{%- endmacro %}
{% macro default__get_aggregate_function_volatility_specifier() -%}{%- do probe_tell('default__get_aggregate_function_volatility_specifier', []) -%}{{ return(dbt.default__get_aggregate_function_volatility_specifier()) }}{%- endmacro %}
{% macro default__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}{%- do probe_tell('default__get_alter_materialized_view_as_sql', [relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation]) -%}{{ return(dbt.default__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation)) }}{%- endmacro %}
{% macro default__get_assert_columns_equivalent(sql) -%}{%- do probe_tell('default__get_assert_columns_equivalent', [sql]) -%}{{ return(dbt.default__get_assert_columns_equivalent(sql)) }}{%- endmacro %}
{% macro default__get_batch_size() -%}{%- do probe_tell('default__get_batch_size', []) -%}{{ return(dbt.default__get_batch_size()) }}{%- endmacro %}
{% macro default__get_binding_char() -%}{%- do probe_tell('default__get_binding_char', []) -%}{{ return(dbt.default__get_binding_char()) }}{%- endmacro %}
{% macro default__get_catalog(information_schema, schemas) -%}{%- do probe_tell('default__get_catalog', [information_schema, schemas]) -%}{{ return(dbt.default__get_catalog(information_schema, schemas)) }}{%- endmacro %}
{% macro default__get_catalog_for_single_relation(relation) -%}{%- do probe_tell('default__get_catalog_for_single_relation', [relation]) -%}{{ return(dbt.default__get_catalog_for_single_relation(relation)) }}{%- endmacro %}
{% macro default__get_catalog_relations(information_schema, relations) -%}{%- do probe_tell('default__get_catalog_relations', [information_schema, relations]) -%}{{ return(dbt.default__get_catalog_relations(information_schema, relations)) }}{%- endmacro %}
{% macro default__get_column_names() -%}{%- do probe_tell('default__get_column_names', []) -%}{{ return(dbt.default__get_column_names()) }}{%- endmacro %}
{% macro default__get_columns_in_query(select_sql) -%}{%- do probe_tell('default__get_columns_in_query', [select_sql]) -%}{{ return(dbt.default__get_columns_in_query(select_sql)) }}{%- endmacro %}
{% macro default__get_columns_in_relation(relation) -%}{%- do probe_tell('default__get_columns_in_relation', [relation]) -%}{{ return(dbt.default__get_columns_in_relation(relation)) }}{%- endmacro %}
{% macro default__get_create_backup_sql(relation) -%}{%- do probe_tell('default__get_create_backup_sql', [relation]) -%}{{ return(dbt.default__get_create_backup_sql(relation)) }}{%- endmacro %}
{% macro default__get_create_index_sql(relation, index_dict) -%}{%- do probe_tell('default__get_create_index_sql', [relation, index_dict]) -%}{{ return(dbt.default__get_create_index_sql(relation, index_dict)) }}{%- endmacro %}
{% macro default__get_create_intermediate_sql(relation, sql) -%}{%- do probe_tell('default__get_create_intermediate_sql', [relation, sql]) -%}{{ return(dbt.default__get_create_intermediate_sql(relation, sql)) }}{%- endmacro %}
{% macro default__get_create_materialized_view_as_sql(relation, sql) -%}{%- do probe_tell('default__get_create_materialized_view_as_sql', [relation, sql]) -%}{{ return(dbt.default__get_create_materialized_view_as_sql(relation, sql)) }}{%- endmacro %}
{% macro default__get_create_sql(relation, sql) -%}{%- do probe_tell('default__get_create_sql', [relation, sql]) -%}{{ return(dbt.default__get_create_sql(relation, sql)) }}{%- endmacro %}
{% macro default__get_create_table_as_sql(temporary, relation, sql) -%}{%- do probe_tell('default__get_create_table_as_sql', [temporary, relation, sql]) -%}{{ return(dbt.default__get_create_table_as_sql(temporary, relation, sql)) }}{%- endmacro %}
{% macro default__get_create_view_as_sql(relation, sql) -%}{%- do probe_tell('default__get_create_view_as_sql', [relation, sql]) -%}{{ return(dbt.default__get_create_view_as_sql(relation, sql)) }}{%- endmacro %}
{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) -%}{%- do probe_tell('default__get_csv_sql', [create_or_truncate_sql, insert_sql]) -%}{{ return(dbt.default__get_csv_sql(create_or_truncate_sql, insert_sql)) }}{%- endmacro %}
{% macro default__get_dcl_statement_list(relation, grant_config, get_dcl_macro) -%}{%- do probe_tell('default__get_dcl_statement_list', [relation, grant_config, get_dcl_macro]) -%}{{ return(dbt.default__get_dcl_statement_list(relation, grant_config, get_dcl_macro)) }}{%- endmacro %}
{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}{%- do probe_tell('default__get_delete_insert_merge_sql', [target, source, unique_key, dest_columns, incremental_predicates]) -%}{{ return(dbt.default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates)) }}{%- endmacro %}
{% macro default__get_drop_backup_sql(relation) -%}{%- do probe_tell('default__get_drop_backup_sql', [relation]) -%}{{ return(dbt.default__get_drop_backup_sql(relation)) }}{%- endmacro %}
{% macro default__get_drop_index_sql(relation, index_name) -%}{%- do probe_tell('default__get_drop_index_sql', [relation, index_name]) -%}{{ return(dbt.default__get_drop_index_sql(relation, index_name)) }}{%- endmacro %}
{% macro default__get_drop_sql(relation) -%}{%- do probe_tell('default__get_drop_sql', [relation]) -%}{{ return(dbt.default__get_drop_sql(relation)) }}{%- endmacro %}
{% macro default__get_empty_schema_sql(columns) -%}{%- do probe_tell('default__get_empty_schema_sql', [columns]) -%}{{ return(dbt.default__get_empty_schema_sql(columns)) }}{%- endmacro %}
{% macro default__get_empty_subquery_sql(select_sql, select_sql_header=None) -%}{%- do probe_tell('default__get_empty_subquery_sql', [select_sql, select_sql_header]) -%}{{ return(dbt.default__get_empty_subquery_sql(select_sql, select_sql_header)) }}{%- endmacro %}
{% macro default__get_formatted_aggregate_function_args() -%}{%- do probe_tell('default__get_formatted_aggregate_function_args', []) -%}{{ return(dbt.default__get_formatted_aggregate_function_args()) }}{%- endmacro %}
{% macro default__get_function_language_specifier() -%}{%- do probe_tell('default__get_function_language_specifier', []) -%}{{ return(dbt.default__get_function_language_specifier()) }}{%- endmacro %}
{% macro default__get_function_python_options() -%}{%- do probe_tell('default__get_function_python_options', []) -%}{{ return(dbt.default__get_function_python_options()) }}{%- endmacro %}
{% macro default__get_grant_sql(relation, privilege, grantees) -%}{%- do probe_tell('default__get_grant_sql', [relation, privilege, grantees]) -%}{{ return(dbt.default__get_grant_sql(relation, privilege, grantees)) }}{%- endmacro %}
{% macro default__get_incremental_append_sql(arg_dict) -%}{%- do probe_tell('default__get_incremental_append_sql', [arg_dict]) -%}{{ return(dbt.default__get_incremental_append_sql(arg_dict)) }}{%- endmacro %}
{% macro default__get_incremental_default_sql(arg_dict) -%}{%- do probe_tell('default__get_incremental_default_sql', [arg_dict]) -%}{{ return(dbt.default__get_incremental_default_sql(arg_dict)) }}{%- endmacro %}
{% macro default__get_incremental_delete_insert_sql(arg_dict) -%}{%- do probe_tell('default__get_incremental_delete_insert_sql', [arg_dict]) -%}{{ return(dbt.default__get_incremental_delete_insert_sql(arg_dict)) }}{%- endmacro %}
{% macro default__get_incremental_insert_overwrite_sql(arg_dict) -%}{%- do probe_tell('default__get_incremental_insert_overwrite_sql', [arg_dict]) -%}{{ return(dbt.default__get_incremental_insert_overwrite_sql(arg_dict)) }}{%- endmacro %}
{% macro default__get_incremental_merge_sql(arg_dict) -%}{%- do probe_tell('default__get_incremental_merge_sql', [arg_dict]) -%}{{ return(dbt.default__get_incremental_merge_sql(arg_dict)) }}{%- endmacro %}
{% macro default__get_incremental_microbatch_sql(arg_dict) -%}{%- do probe_tell('default__get_incremental_microbatch_sql', [arg_dict]) -%}{{ return(dbt.default__get_incremental_microbatch_sql(arg_dict)) }}{%- endmacro %}
{% macro default__get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header) -%}{%- do probe_tell('default__get_insert_overwrite_merge_sql', [target, source, dest_columns, predicates, include_sql_header]) -%}{{ return(dbt.default__get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header)) }}{%- endmacro %}
{% macro default__get_intervals_between(start_date, end_date, datepart) -%}{%- do probe_tell('default__get_intervals_between', [start_date, end_date, datepart]) -%}{{ return(dbt.default__get_intervals_between(start_date, end_date, datepart)) }}{%- endmacro %}
{% macro default__get_limit_sql(sql, limit) -%}{%- do probe_tell('default__get_limit_sql', [sql, limit]) -%}{{ return(dbt.default__get_limit_sql(sql, limit)) }}{%- endmacro %}
{% macro default__get_materialized_view_configuration_changes(existing_relation, new_config) -%}{%- do probe_tell('default__get_materialized_view_configuration_changes', [existing_relation, new_config]) -%}{{ return(dbt.default__get_materialized_view_configuration_changes(existing_relation, new_config)) }}{%- endmacro %}
{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=None) -%}{%- do probe_tell('default__get_merge_sql', [target, source, unique_key, dest_columns, incremental_predicates]) -%}{{ return(dbt.default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates)) }}{%- endmacro %}
{% macro default__get_merge_unique_key_match(source_unique_key, target_unique_key) -%}{%- do probe_tell('default__get_merge_unique_key_match', [source_unique_key, target_unique_key]) -%}{{ return(dbt.default__get_merge_unique_key_match(source_unique_key, target_unique_key)) }}{%- endmacro %}
{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) -%}{%- do probe_tell('default__get_merge_update_columns', [merge_update_columns, merge_exclude_columns, dest_columns]) -%}{{ return(dbt.default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns)) }}{%- endmacro %}
{% macro default__get_or_create_relation(database, schema, identifier, type) -%}{%- do probe_tell('default__get_or_create_relation', [database, schema, identifier, type]) -%}{{ return(dbt.default__get_or_create_relation(database, schema, identifier, type)) }}{%- endmacro %}
{% macro default__get_powers_of_two(upper_bound) -%}{%- do probe_tell('default__get_powers_of_two', [upper_bound]) -%}{{ return(dbt.default__get_powers_of_two(upper_bound)) }}{%- endmacro %}
{% macro default__get_relation_last_modified(information_schema, relations) -%}{%- do probe_tell('default__get_relation_last_modified', [information_schema, relations]) -%}{{ return(dbt.default__get_relation_last_modified(information_schema, relations)) }}{%- endmacro %}
{% macro default__get_relations() -%}{%- do probe_tell('default__get_relations', []) -%}{{ return(dbt.default__get_relations()) }}{%- endmacro %}
{% macro default__get_rename_intermediate_sql(relation) -%}{%- do probe_tell('default__get_rename_intermediate_sql', [relation]) -%}{{ return(dbt.default__get_rename_intermediate_sql(relation)) }}{%- endmacro %}
{% macro default__get_rename_materialized_view_sql(relation, new_name) -%}{%- do probe_tell('default__get_rename_materialized_view_sql', [relation, new_name]) -%}{{ return(dbt.default__get_rename_materialized_view_sql(relation, new_name)) }}{%- endmacro %}
{% macro default__get_rename_sql(relation, new_name) -%}{%- do probe_tell('default__get_rename_sql', [relation, new_name]) -%}{{ return(dbt.default__get_rename_sql(relation, new_name)) }}{%- endmacro %}
{% macro default__get_rename_table_sql(relation, new_name) -%}{%- do probe_tell('default__get_rename_table_sql', [relation, new_name]) -%}{{ return(dbt.default__get_rename_table_sql(relation, new_name)) }}{%- endmacro %}
{% macro default__get_rename_view_sql(relation, new_name) -%}{%- do probe_tell('default__get_rename_view_sql', [relation, new_name]) -%}{{ return(dbt.default__get_rename_view_sql(relation, new_name)) }}{%- endmacro %}
{% macro default__get_replace_materialized_view_sql(relation, sql) -%}{%- do probe_tell('default__get_replace_materialized_view_sql', [relation, sql]) -%}{{ return(dbt.default__get_replace_materialized_view_sql(relation, sql)) }}{%- endmacro %}
{% macro default__get_replace_sql(existing_relation, target_relation, sql) -%}{%- do probe_tell('default__get_replace_sql', [existing_relation, target_relation, sql]) -%}{{ return(dbt.default__get_replace_sql(existing_relation, target_relation, sql)) }}{%- endmacro %}
{% macro default__get_replace_table_sql(relation, sql) -%}{%- do probe_tell('default__get_replace_table_sql', [relation, sql]) -%}{{ return(dbt.default__get_replace_table_sql(relation, sql)) }}{%- endmacro %}
{% macro default__get_replace_view_sql(relation, sql) -%}{%- do probe_tell('default__get_replace_view_sql', [relation, sql]) -%}{{ return(dbt.default__get_replace_view_sql(relation, sql)) }}{%- endmacro %}
{% macro default__get_revoke_sql(relation, privilege, grantees) -%}{%- do probe_tell('default__get_revoke_sql', [relation, privilege, grantees]) -%}{{ return(dbt.default__get_revoke_sql(relation, privilege, grantees)) }}{%- endmacro %}
{% macro default__get_select_subquery(sql) -%}{%- do probe_tell('default__get_select_subquery', [sql]) -%}{{ return(dbt.default__get_select_subquery(sql)) }}{%- endmacro %}
{% macro default__get_show_grant_sql(relation) -%}{%- do probe_tell('default__get_show_grant_sql', [relation]) -%}{{ return(dbt.default__get_show_grant_sql(relation)) }}{%- endmacro %}
{% macro default__get_show_indexes_sql(relation) -%}{%- do probe_tell('default__get_show_indexes_sql', [relation]) -%}{{ return(dbt.default__get_show_indexes_sql(relation)) }}{%- endmacro %}
{% macro default__get_table_columns_and_constraints() -%}{%- do probe_tell('default__get_table_columns_and_constraints', []) -%}{{ return(dbt.default__get_table_columns_and_constraints()) }}{%- endmacro %}
{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}{%- do probe_tell('default__get_test_sql', [main_sql, fail_calc, warn_if, error_if, limit]) -%}{{ return(dbt.default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit)) }}{%- endmacro %}
{% macro default__get_true_sql() -%}{%- do probe_tell('default__get_true_sql', []) -%}{{ return(dbt.default__get_true_sql()) }}{%- endmacro %}
{% macro default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}{%- do probe_tell('default__get_unit_test_sql', [main_sql, expected_fixture_sql, expected_column_names]) -%}{{ return(dbt.default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names)) }}{%- endmacro %}
{% macro default__get_where_subquery(relation) -%}{%- do probe_tell('default__get_where_subquery', [relation]) -%}{{ return(dbt.default__get_where_subquery(relation)) }}{%- endmacro %}
{% macro default__handle_existing_table(full_refresh, old_relation) -%}{%- do probe_tell('default__handle_existing_table', [full_refresh, old_relation]) -%}{{ return(dbt.default__handle_existing_table(full_refresh, old_relation)) }}{%- endmacro %}
{% macro default__hash(field) -%}{%- do probe_tell('default__hash', [field]) -%}{{ return(dbt.default__hash(field)) }}{%- endmacro %}
{% macro default__information_schema_name(database) -%}{%- do probe_tell('default__information_schema_name', [database]) -%}{{ return(dbt.default__information_schema_name(database)) }}{%- endmacro %}
{% macro default__intersect() -%}{%- do probe_tell('default__intersect', []) -%}{{ return(dbt.default__intersect()) }}{%- endmacro %}
{% macro default__last_day(date, datepart) -%}{%- do probe_tell('default__last_day', [date, datepart]) -%}{{ return(dbt.default__last_day(date, datepart)) }}{%- endmacro %}
{% macro default__length(expression) -%}{%- do probe_tell('default__length', [expression]) -%}{{ return(dbt.default__length(expression)) }}{%- endmacro %}
{% macro default__list_function_relations_without_caching(schema_relation) -%}{%- do probe_tell('default__list_function_relations_without_caching', [schema_relation]) -%}{{ return(dbt.default__list_function_relations_without_caching(schema_relation)) }}{%- endmacro %}
{% macro default__list_relations_without_caching(schema_relation) -%}{%- do probe_tell('default__list_relations_without_caching', [schema_relation]) -%}{{ return(dbt.default__list_relations_without_caching(schema_relation)) }}{%- endmacro %}
{% macro default__list_schemas(database) -%}{%- do probe_tell('default__list_schemas', [database]) -%}{{ return(dbt.default__list_schemas(database)) }}{%- endmacro %}
{% macro default__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}{%- do probe_tell('default__listagg', [measure, delimiter_text, order_by_clause, limit_num]) -%}{{ return(dbt.default__listagg(measure, delimiter_text, order_by_clause, limit_num)) }}{%- endmacro %}
{% macro default__load_csv_rows(model, agate_table) -%}{%- do probe_tell('default__load_csv_rows', [model, agate_table]) -%}{{ return(dbt.default__load_csv_rows(model, agate_table)) }}{%- endmacro %}
{% macro default__make_backup_relation(base_relation, backup_relation_type, suffix) -%}{%- do probe_tell('default__make_backup_relation', [base_relation, backup_relation_type, suffix]) -%}{{ return(dbt.default__make_backup_relation(base_relation, backup_relation_type, suffix)) }}{%- endmacro %}
{% macro default__make_intermediate_relation(base_relation, suffix) -%}{%- do probe_tell('default__make_intermediate_relation', [base_relation, suffix]) -%}{{ return(dbt.default__make_intermediate_relation(base_relation, suffix)) }}{%- endmacro %}
{% macro default__make_temp_relation(base_relation, suffix) -%}{%- do probe_tell('default__make_temp_relation', [base_relation, suffix]) -%}{{ return(dbt.default__make_temp_relation(base_relation, suffix)) }}{%- endmacro %}
{% macro default__persist_docs(relation, model, for_relation, for_columns) -%}{%- do probe_tell('default__persist_docs', [relation, model, for_relation, for_columns]) -%}{{ return(dbt.default__persist_docs(relation, model, for_relation, for_columns)) }}{%- endmacro %}
{% macro default__position(substring_text, string_text) -%}{%- do probe_tell('default__position', [substring_text, string_text]) -%}{{ return(dbt.default__position(substring_text, string_text)) }}{%- endmacro %}
{% macro default__post_snapshot(staging_relation) -%}{%- do probe_tell('default__post_snapshot', [staging_relation]) -%}{{ return(dbt.default__post_snapshot(staging_relation)) }}{%- endmacro %}
{% macro default__process_schema_changes(on_schema_change, source_relation, target_relation) -%}{%- do probe_tell('default__process_schema_changes', [on_schema_change, source_relation, target_relation]) -%}{{ return(dbt.default__process_schema_changes(on_schema_change, source_relation, target_relation)) }}{%- endmacro %}
{% macro default__refresh_materialized_view(relation) -%}{%- do probe_tell('default__refresh_materialized_view', [relation]) -%}{{ return(dbt.default__refresh_materialized_view(relation)) }}{%- endmacro %}
{% macro default__rename_relation(from_relation, to_relation) -%}{%- do probe_tell('default__rename_relation', [from_relation, to_relation]) -%}{{ return(dbt.default__rename_relation(from_relation, to_relation)) }}{%- endmacro %}
{% macro default__replace(field, old_chars, new_chars) -%}{%- do probe_tell('default__replace', [field, old_chars, new_chars]) -%}{{ return(dbt.default__replace(field, old_chars, new_chars)) }}{%- endmacro %}
{% macro default__reset_csv_table(model, full_refresh, old_relation, agate_table) -%}{%- do probe_tell('default__reset_csv_table', [model, full_refresh, old_relation, agate_table]) -%}{{ return(dbt.default__reset_csv_table(model, full_refresh, old_relation, agate_table)) }}{%- endmacro %}
{% macro default__resolve_model_name(input_model_name) -%}{%- do probe_tell('default__resolve_model_name', [input_model_name]) -%}{{ return(dbt.default__resolve_model_name(input_model_name)) }}{%- endmacro %}
{% macro default__right(string_text, length_expression) -%}{%- do probe_tell('default__right', [string_text, length_expression]) -%}{{ return(dbt.default__right(string_text, length_expression)) }}{%- endmacro %}
{% macro default__safe_cast(field, type) -%}{%- do probe_tell('default__safe_cast', [field, type]) -%}{{ return(dbt.default__safe_cast(field, type)) }}{%- endmacro %}
{% macro default__scalar_function_body_sql() -%}{%- do probe_tell('default__scalar_function_body_sql', []) -%}{{ return(dbt.default__scalar_function_body_sql()) }}{%- endmacro %}
{% macro default__scalar_function_create_replace_signature_sql(target_relation) -%}{%- do probe_tell('default__scalar_function_create_replace_signature_sql', [target_relation]) -%}{{ return(dbt.default__scalar_function_create_replace_signature_sql(target_relation)) }}{%- endmacro %}
{% macro default__scalar_function_sql(target_relation) -%}{%- do probe_tell('default__scalar_function_sql', [target_relation]) -%}{{ return(dbt.default__scalar_function_sql(target_relation)) }}{%- endmacro %}
{% macro default__scalar_function_volatility_javascript() -%}{%- do probe_tell('default__scalar_function_volatility_javascript', []) -%}{{ return(dbt.default__scalar_function_volatility_javascript()) }}{%- endmacro %}
{% macro default__scalar_function_volatility_sql() -%}{%- do probe_tell('default__scalar_function_volatility_sql', []) -%}{{ return(dbt.default__scalar_function_volatility_sql()) }}{%- endmacro %}
{% macro default__snapshot_get_time() -%}{%- do probe_tell('default__snapshot_get_time', []) -%}{{ return(dbt.default__snapshot_get_time()) }}{%- endmacro %}
{% macro default__snapshot_hash_arguments(args) -%}{%- do probe_tell('default__snapshot_hash_arguments', [args]) -%}{{ return(dbt.default__snapshot_hash_arguments(args)) }}{%- endmacro %}
{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}{%- do probe_tell('default__snapshot_merge_sql', [target, source, insert_cols]) -%}{{ return(dbt.default__snapshot_merge_sql(target, source, insert_cols)) }}{%- endmacro %}
{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}{%- do probe_tell('default__snapshot_staging_table', [strategy, source_sql, target_relation]) -%}{{ return(dbt.default__snapshot_staging_table(strategy, source_sql, target_relation)) }}{%- endmacro %}
{% macro default__snapshot_string_as_time(timestamp) -%}{%- do probe_tell('default__snapshot_string_as_time', [timestamp]) -%}{{ return(dbt.default__snapshot_string_as_time(timestamp)) }}{%- endmacro %}
{% macro default__split_part(string_text, delimiter_text, part_number) -%}{%- do probe_tell('default__split_part', [string_text, delimiter_text, part_number]) -%}{{ return(dbt.default__split_part(string_text, delimiter_text, part_number)) }}{%- endmacro %}
{% macro default__string_literal(value) -%}{%- do probe_tell('default__string_literal', [value]) -%}{{ return(dbt.default__string_literal(value)) }}{%- endmacro %}
{% macro default__support_multiple_grantees_per_dcl_statement() -%}{%- do probe_tell('default__support_multiple_grantees_per_dcl_statement', []) -%}{{ return(dbt.default__support_multiple_grantees_per_dcl_statement()) }}{%- endmacro %}
{% macro default__sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) -%}{%- do probe_tell('default__sync_column_schemas', [on_schema_change, target_relation, schema_changes_dict]) -%}{{ return(dbt.default__sync_column_schemas(on_schema_change, target_relation, schema_changes_dict)) }}{%- endmacro %}
{% macro default__test_accepted_values(model, column_name, values, quote=True) -%}{%- do probe_tell('default__test_accepted_values', [model, column_name, values, quote]) -%}{{ return(dbt.default__test_accepted_values(model, column_name, values, quote)) }}{%- endmacro %}
{% macro default__test_not_null(model, column_name) -%}{%- do probe_tell('default__test_not_null', [model, column_name]) -%}{{ return(dbt.default__test_not_null(model, column_name)) }}{%- endmacro %}
{% macro default__test_relationships(model, column_name, to, field) -%}{%- do probe_tell('default__test_relationships', [model, column_name, to, field]) -%}{{ return(dbt.default__test_relationships(model, column_name, to, field)) }}{%- endmacro %}
{% macro default__test_unique(model, column_name) -%}{%- do probe_tell('default__test_unique', [model, column_name]) -%}{{ return(dbt.default__test_unique(model, column_name)) }}{%- endmacro %}
{% macro default__truncate_relation(relation) -%}{%- do probe_tell('default__truncate_relation', [relation]) -%}{{ return(dbt.default__truncate_relation(relation)) }}{%- endmacro %}
{% macro default__type_bigint() -%}{%- do probe_tell('default__type_bigint', []) -%}{{ return(dbt.default__type_bigint()) }}{%- endmacro %}
{% macro default__type_boolean() -%}{%- do probe_tell('default__type_boolean', []) -%}{{ return(dbt.default__type_boolean()) }}{%- endmacro %}
{% macro default__type_float() -%}{%- do probe_tell('default__type_float', []) -%}{{ return(dbt.default__type_float()) }}{%- endmacro %}
{% macro default__type_int() -%}{%- do probe_tell('default__type_int', []) -%}{{ return(dbt.default__type_int()) }}{%- endmacro %}
{% macro default__type_numeric() -%}{%- do probe_tell('default__type_numeric', []) -%}{{ return(dbt.default__type_numeric()) }}{%- endmacro %}
{% macro default__type_string() -%}{%- do probe_tell('default__type_string', []) -%}{{ return(dbt.default__type_string()) }}{%- endmacro %}
{% macro default__type_timestamp() -%}{%- do probe_tell('default__type_timestamp', []) -%}{{ return(dbt.default__type_timestamp()) }}{%- endmacro %}
{% macro default__unsupported_volatility_warning(volatility) -%}{%- do probe_tell('default__unsupported_volatility_warning', [volatility]) -%}{{ return(dbt.default__unsupported_volatility_warning(volatility)) }}{%- endmacro %}
{% macro default__validate_fixture_rows(rows, row_number) -%}{%- do probe_tell('default__validate_fixture_rows', [rows, row_number]) -%}{{ return(dbt.default__validate_fixture_rows(rows, row_number)) }}{%- endmacro %}
{% macro default__validate_sql(sql) -%}{%- do probe_tell('default__validate_sql', [sql]) -%}{{ return(dbt.default__validate_sql(sql)) }}{%- endmacro %}
{% macro default_last_day(date, datepart) -%}{%- do probe_tell('default_last_day', [date, datepart]) -%}{{ return(dbt.default_last_day(date, datepart)) }}{%- endmacro %}
{% macro diff_column_data_types(source_columns, target_columns) -%}{%- do probe_tell('diff_column_data_types', [source_columns, target_columns]) -%}{{ return(dbt.diff_column_data_types(source_columns, target_columns)) }}{%- endmacro %}
{% macro diff_columns(source_columns, target_columns) -%}{%- do probe_tell('diff_columns', [source_columns, target_columns]) -%}{{ return(dbt.diff_columns(source_columns, target_columns)) }}{%- endmacro %}
{% macro drop_foreign_key_dependents(relation) -%}{%- do probe_tell('drop_foreign_key_dependents', [relation]) -%}{{ return(dbt.drop_foreign_key_dependents(relation)) }}{%- endmacro %}
{% macro drop_indexes_on_relation(relation) -%}{%- do probe_tell('drop_indexes_on_relation', [relation]) -%}{{ return(dbt.drop_indexes_on_relation(relation)) }}{%- endmacro %}
{% macro drop_materialized_view(relation) -%}{%- do probe_tell('drop_materialized_view', [relation]) -%}{{ return(dbt.drop_materialized_view(relation)) }}{%- endmacro %}
{% macro drop_relation(relation) -%}{%- do probe_tell('drop_relation', [relation]) -%}{{ return(dbt.drop_relation(relation)) }}{%- endmacro %}
{% macro drop_relation_for_rebuild(relation) -%}{%- do probe_tell('drop_relation_for_rebuild', [relation]) -%}{{ return(dbt.drop_relation_for_rebuild(relation)) }}{%- endmacro %}
{% macro drop_relation_if_exists(relation) -%}{%- do probe_tell('drop_relation_if_exists', [relation]) -%}{{ return(dbt.drop_relation_if_exists(relation)) }}{%- endmacro %}
{% macro drop_schema(relation) -%}{%- do probe_tell('drop_schema', [relation]) -%}{{ return(dbt.drop_schema(relation)) }}{%- endmacro %}
{% macro drop_schema_named(schema_name) -%}{%- do probe_tell('drop_schema_named', [schema_name]) -%}{{ return(dbt.drop_schema_named(schema_name)) }}{%- endmacro %}
{% macro drop_table(relation) -%}{%- do probe_tell('drop_table', [relation]) -%}{{ return(dbt.drop_table(relation)) }}{%- endmacro %}
{% macro drop_view(relation) -%}{%- do probe_tell('drop_view', [relation]) -%}{{ return(dbt.drop_view(relation)) }}{%- endmacro %}
{% macro duckdb__alter_column_comment(relation, column_dict) -%}{%- do probe_tell('duckdb__alter_column_comment', [relation, column_dict]) -%}{{ return(dbt.duckdb__alter_column_comment(relation, column_dict)) }}{%- endmacro %}
{% macro duckdb__alter_relation_add_remove_columns(relation, add_columns, remove_columns) -%}{%- do probe_tell('duckdb__alter_relation_add_remove_columns', [relation, add_columns, remove_columns]) -%}{{ return(dbt.duckdb__alter_relation_add_remove_columns(relation, add_columns, remove_columns)) }}{%- endmacro %}
{% macro duckdb__alter_relation_comment(relation, comment) -%}{%- do probe_tell('duckdb__alter_relation_comment', [relation, comment]) -%}{{ return(dbt.duckdb__alter_relation_comment(relation, comment)) }}{%- endmacro %}
{% macro duckdb__alter_table_set_partitioned_by(relation, partitioned_by) -%}{%- do probe_tell('duckdb__alter_table_set_partitioned_by', [relation, partitioned_by]) -%}{{ return(dbt.duckdb__alter_table_set_partitioned_by(relation, partitioned_by)) }}{%- endmacro %}
{% macro duckdb__alter_table_set_sorted_by(relation, sorted_by) -%}{%- do probe_tell('duckdb__alter_table_set_sorted_by', [relation, sorted_by]) -%}{{ return(dbt.duckdb__alter_table_set_sorted_by(relation, sorted_by)) }}{%- endmacro %}
{% macro duckdb__any_value(expression) -%}{%- do probe_tell('duckdb__any_value', [expression]) -%}{{ return(dbt.duckdb__any_value(expression)) }}{%- endmacro %}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke=True) -%}{%- do probe_tell('duckdb__apply_grants', [relation, grant_config, should_revoke]) -%}{{ return(dbt.duckdb__apply_grants(relation, grant_config, should_revoke)) }}{%- endmacro %}
{% macro duckdb__check_schema_exists(information_schema, schema) -%}{%- do probe_tell('duckdb__check_schema_exists', [information_schema, schema]) -%}{{ return(dbt.duckdb__check_schema_exists(information_schema, schema)) }}{%- endmacro %}
{% macro duckdb__create_schema(relation) -%}{%- do probe_tell('duckdb__create_schema', [relation]) -%}{{ return(dbt.duckdb__create_schema(relation)) }}{%- endmacro %}
{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=None, sorted_by=None) -%}{%- do probe_tell('duckdb__create_table_as', [temporary, relation, compiled_code, language, partitioned_by, sorted_by]) -%}{{ return(dbt.duckdb__create_table_as(temporary, relation, compiled_code, language, partitioned_by, sorted_by)) }}{%- endmacro %}
{% macro duckdb__create_view_as(relation, sql) -%}{%- do probe_tell('duckdb__create_view_as', [relation, sql]) -%}{{ return(dbt.duckdb__create_view_as(relation, sql)) }}{%- endmacro %}
{% macro duckdb__current_timestamp() -%}{%- do probe_tell('duckdb__current_timestamp', []) -%}{{ return(dbt.duckdb__current_timestamp()) }}{%- endmacro %}
{% macro duckdb__date(year, month, day) -%}{%- do probe_tell('duckdb__date', [year, month, day]) -%}{{ return(dbt.duckdb__date(year, month, day)) }}{%- endmacro %}
{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) -%}{%- do probe_tell('duckdb__dateadd', [datepart, interval, from_date_or_timestamp]) -%}{{ return(dbt.duckdb__dateadd(datepart, interval, from_date_or_timestamp)) }}{%- endmacro %}
{% macro duckdb__datediff(first_date, second_date, datepart) -%}{%- do probe_tell('duckdb__datediff', [first_date, second_date, datepart]) -%}{{ return(dbt.duckdb__datediff(first_date, second_date, datepart)) }}{%- endmacro %}
{% macro duckdb__dispatch_temporary_relation(target_relation, batch_id='') -%}{%- do probe_tell('duckdb__dispatch_temporary_relation', [target_relation, batch_id]) -%}{{ return(dbt.duckdb__dispatch_temporary_relation(target_relation, batch_id)) }}{%- endmacro %}
{% macro duckdb__drop_relation(relation) -%}{%- do probe_tell('duckdb__drop_relation', [relation]) -%}{{ return(dbt.duckdb__drop_relation(relation)) }}{%- endmacro %}
{% macro duckdb__drop_schema(relation) -%}{%- do probe_tell('duckdb__drop_schema', [relation]) -%}{{ return(dbt.duckdb__drop_schema(relation)) }}{%- endmacro %}
{% macro duckdb__flight_name(parsed_model) -%}{%- do probe_tell('duckdb__flight_name', [parsed_model]) -%}{{ return(dbt.duckdb__flight_name(parsed_model)) }}{%- endmacro %}
{% macro duckdb__generate_series(upper_bound) -%}{%- do probe_tell('duckdb__generate_series', [upper_bound]) -%}{{ return(dbt.duckdb__generate_series(upper_bound)) }}{%- endmacro %}
{% macro duckdb__get_batch_size() -%}{%- do probe_tell('duckdb__get_batch_size', []) -%}{{ return(dbt.duckdb__get_batch_size()) }}{%- endmacro %}
{% macro duckdb__get_binding_char() -%}{%- do probe_tell('duckdb__get_binding_char', []) -%}{{ return(dbt.duckdb__get_binding_char()) }}{%- endmacro %}
{% macro duckdb__get_catalog(information_schema, schemas) -%}{%- do probe_tell('duckdb__get_catalog', [information_schema, schemas]) -%}{{ return(dbt.duckdb__get_catalog(information_schema, schemas)) }}{%- endmacro %}
{% macro duckdb__get_catalog_columns_sql(information_schema) -%}{%- do probe_tell('duckdb__get_catalog_columns_sql', [information_schema]) -%}{{ return(dbt.duckdb__get_catalog_columns_sql(information_schema)) }}{%- endmacro %}
{% macro duckdb__get_catalog_relations(information_schema, relations) -%}{%- do probe_tell('duckdb__get_catalog_relations', [information_schema, relations]) -%}{{ return(dbt.duckdb__get_catalog_relations(information_schema, relations)) }}{%- endmacro %}
{% macro duckdb__get_catalog_relations_where_clause_sql(relations) -%}{%- do probe_tell('duckdb__get_catalog_relations_where_clause_sql', [relations]) -%}{{ return(dbt.duckdb__get_catalog_relations_where_clause_sql(relations)) }}{%- endmacro %}
{% macro duckdb__get_catalog_results_sql() -%}{%- do probe_tell('duckdb__get_catalog_results_sql', []) -%}{{ return(dbt.duckdb__get_catalog_results_sql()) }}{%- endmacro %}
{% macro duckdb__get_catalog_schemas_where_clause_sql(schemas) -%}{%- do probe_tell('duckdb__get_catalog_schemas_where_clause_sql', [schemas]) -%}{{ return(dbt.duckdb__get_catalog_schemas_where_clause_sql(schemas)) }}{%- endmacro %}
{% macro duckdb__get_catalog_tables_sql(information_schema) -%}{%- do probe_tell('duckdb__get_catalog_tables_sql', [information_schema]) -%}{{ return(dbt.duckdb__get_catalog_tables_sql(information_schema)) }}{%- endmacro %}
{% macro duckdb__get_columns_in_relation(relation) -%}{%- do probe_tell('duckdb__get_columns_in_relation', [relation]) -%}{{ return(dbt.duckdb__get_columns_in_relation(relation)) }}{%- endmacro %}
{% macro duckdb__get_create_index_sql(relation, index_dict) -%}{%- do probe_tell('duckdb__get_create_index_sql', [relation, index_dict]) -%}{{ return(dbt.duckdb__get_create_index_sql(relation, index_dict)) }}{%- endmacro %}
{% macro duckdb__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}{%- do probe_tell('duckdb__get_delete_insert_merge_sql', [target, source, unique_key, dest_columns, incremental_predicates]) -%}{{ return(dbt.duckdb__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates)) }}{%- endmacro %}
{% macro duckdb__get_empty_subquery_sql(select_sql, select_sql_header=None) -%}{%- do probe_tell('duckdb__get_empty_subquery_sql', [select_sql, select_sql_header]) -%}{{ return(dbt.duckdb__get_empty_subquery_sql(select_sql, select_sql_header)) }}{%- endmacro %}
{% macro duckdb__get_incremental_default_sql(arg_dict) -%}{%- do probe_tell('duckdb__get_incremental_default_sql', [arg_dict]) -%}{{ return(dbt.duckdb__get_incremental_default_sql(arg_dict)) }}{%- endmacro %}
{% macro duckdb__get_incremental_merge_sql(args_dict) -%}{%- do probe_tell('duckdb__get_incremental_merge_sql', [args_dict]) -%}{{ return(dbt.duckdb__get_incremental_merge_sql(args_dict)) }}{%- endmacro %}
{% macro duckdb__get_incremental_microbatch_sql(arg_dict) -%}{%- do probe_tell('duckdb__get_incremental_microbatch_sql', [arg_dict]) -%}{{ return(dbt.duckdb__get_incremental_microbatch_sql(arg_dict)) }}{%- endmacro %}
{% macro duckdb__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=None) -%}{%- do probe_tell('duckdb__get_merge_sql', [target, source, unique_key, dest_columns, incremental_predicates]) -%}{{ return(dbt.duckdb__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates)) }}{%- endmacro %}
{% macro duckdb__get_partitioned_by(relation, temporary) -%}{%- do probe_tell('duckdb__get_partitioned_by', [relation, temporary]) -%}{{ return(dbt.duckdb__get_partitioned_by(relation, temporary)) }}{%- endmacro %}
{% macro duckdb__get_sorted_by(relation, temporary) -%}{%- do probe_tell('duckdb__get_sorted_by', [relation, temporary]) -%}{{ return(dbt.duckdb__get_sorted_by(relation, temporary)) }}{%- endmacro %}
{% macro duckdb__last_day(date, datepart) -%}{%- do probe_tell('duckdb__last_day', [date, datepart]) -%}{{ return(dbt.duckdb__last_day(date, datepart)) }}{%- endmacro %}
{% macro duckdb__list_relations_without_caching(schema_relation) -%}{%- do probe_tell('duckdb__list_relations_without_caching', [schema_relation]) -%}{{ return(dbt.duckdb__list_relations_without_caching(schema_relation)) }}{%- endmacro %}
{% macro duckdb__list_schemas(database) -%}{%- do probe_tell('duckdb__list_schemas', [database]) -%}{{ return(dbt.duckdb__list_schemas(database)) }}{%- endmacro %}
{% macro duckdb__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}{%- do probe_tell('duckdb__listagg', [measure, delimiter_text, order_by_clause, limit_num]) -%}{{ return(dbt.duckdb__listagg(measure, delimiter_text, order_by_clause, limit_num)) }}{%- endmacro %}
{% macro duckdb__load_csv_rows(model, agate_table) -%}{%- do probe_tell('duckdb__load_csv_rows', [model, agate_table]) -%}{{ return(dbt.duckdb__load_csv_rows(model, agate_table)) }}{%- endmacro %}
{% macro duckdb__make_temp_relation(base_relation, suffix) -%}{%- do probe_tell('duckdb__make_temp_relation', [base_relation, suffix]) -%}{{ return(dbt.duckdb__make_temp_relation(base_relation, suffix)) }}{%- endmacro %}
{% macro duckdb__merge_join_clause(unique_key, merge_on_using_columns, incremental_predicates) -%}{%- do probe_tell('duckdb__merge_join_clause', [unique_key, merge_on_using_columns, incremental_predicates]) -%}{{ return(dbt.duckdb__merge_join_clause(unique_key, merge_on_using_columns, incremental_predicates)) }}{%- endmacro %}
{% macro duckdb__post_snapshot(temporary_relation) -%}{%- do probe_tell('duckdb__post_snapshot', [temporary_relation]) -%}{{ return(dbt.duckdb__post_snapshot(temporary_relation)) }}{%- endmacro %}
{% macro duckdb__rename_relation(from_relation, to_relation) -%}{%- do probe_tell('duckdb__rename_relation', [from_relation, to_relation]) -%}{{ return(dbt.duckdb__rename_relation(from_relation, to_relation)) }}{%- endmacro %}
{% macro duckdb__snapshot_get_time() -%}{%- do probe_tell('duckdb__snapshot_get_time', []) -%}{{ return(dbt.duckdb__snapshot_get_time()) }}{%- endmacro %}
{% macro duckdb__snapshot_merge_sql(target, source, insert_cols) -%}{%- do probe_tell('duckdb__snapshot_merge_sql', [target, source, insert_cols]) -%}{{ return(dbt.duckdb__snapshot_merge_sql(target, source, insert_cols)) }}{%- endmacro %}
{% macro duckdb__snapshot_string_as_time(timestamp) -%}{%- do probe_tell('duckdb__snapshot_string_as_time', [timestamp]) -%}{{ return(dbt.duckdb__snapshot_string_as_time(timestamp)) }}{%- endmacro %}
{% macro duckdb__split_part(string_text, delimiter_text, part_number) -%}{%- do probe_tell('duckdb__split_part', [string_text, delimiter_text, part_number]) -%}{{ return(dbt.duckdb__split_part(string_text, delimiter_text, part_number)) }}{%- endmacro %}
{% macro duckdb_escape_comment(comment) -%}{%- do probe_tell('duckdb_escape_comment', [comment]) -%}{{ return(dbt.duckdb_escape_comment(comment)) }}{%- endmacro %}
{% macro enforced_constraint_types() -%}{%- do probe_tell('enforced_constraint_types', []) -%}{{ return(dbt.enforced_constraint_types()) }}{%- endmacro %}
{% macro equals(expr1, expr2) -%}{%- do probe_tell('equals', [expr1, expr2]) -%}{{ return(dbt.equals(expr1, expr2)) }}{%- endmacro %}
{% macro escape_single_quotes(expression) -%}{%- do probe_tell('escape_single_quotes', [expression]) -%}{{ return(dbt.escape_single_quotes(expression)) }}{%- endmacro %}
{% macro except() -%}{%- do probe_tell('except', []) -%}{{ return(dbt.except()) }}{%- endmacro %}
{% macro existing_constraint_types(relation) -%}{%- do probe_tell('existing_constraint_types', [relation]) -%}{{ return(dbt.existing_constraint_types(relation)) }}{%- endmacro %}
{% macro external_location(relation, config) -%}{%- do probe_tell('external_location', [relation, config]) -%}{{ return(dbt.external_location(relation, config)) }}{%- endmacro %}
{% macro flight_name(parsed_model) -%}{%- do probe_tell('flight_name', [parsed_model]) -%}{{ return(dbt.flight_name(parsed_model)) }}{%- endmacro %}
{% macro format_columns(columns) -%}{%- do probe_tell('format_columns', [columns]) -%}{{ return(dbt.format_columns(columns)) }}{%- endmacro %}
{% macro format_row(row, column_name_to_data_types) -%}{%- do probe_tell('format_row', [row, column_name_to_data_types]) -%}{{ return(dbt.format_row(row, column_name_to_data_types)) }}{%- endmacro %}
{% macro formatted_scalar_function_args_javascript() -%}{%- do probe_tell('formatted_scalar_function_args_javascript', []) -%}{{ return(dbt.formatted_scalar_function_args_javascript()) }}{%- endmacro %}
{% macro formatted_scalar_function_args_sql() -%}{%- do probe_tell('formatted_scalar_function_args_sql', []) -%}{{ return(dbt.formatted_scalar_function_args_sql()) }}{%- endmacro %}
{% macro function_execute_build_sql(build_sql, existing_relation, target_relation) -%}{%- do probe_tell('function_execute_build_sql', [build_sql, existing_relation, target_relation]) -%}{{ return(dbt.function_execute_build_sql(build_sql, existing_relation, target_relation)) }}{%- endmacro %}
{% macro generate_alias_name(custom_alias_name=None, node=None) -%}{%- do probe_tell('generate_alias_name', [custom_alias_name, node]) -%}{{ return(dbt.generate_alias_name(custom_alias_name, node)) }}{%- endmacro %}
{% macro generate_database_name(custom_database_name=None, node=None) -%}{%- do probe_tell('generate_database_name', [custom_database_name, node]) -%}{{ return(dbt.generate_database_name(custom_database_name, node)) }}{%- endmacro %}
{% macro generate_latest_version_pointer_alias(custom_alias_name=None, node=None) -%}{%- do probe_tell('generate_latest_version_pointer_alias', [custom_alias_name, node]) -%}{{ return(dbt.generate_latest_version_pointer_alias(custom_alias_name, node)) }}{%- endmacro %}
{% macro generate_schema_name(custom_schema_name=None, node=None) -%}{%- do probe_tell('generate_schema_name', [custom_schema_name, node]) -%}{{ return(dbt.generate_schema_name(custom_schema_name, node)) }}{%- endmacro %}
{% macro generate_schema_name_for_env(custom_schema_name, node) -%}{%- do probe_tell('generate_schema_name_for_env', [custom_schema_name, node]) -%}{{ return(dbt.generate_schema_name_for_env(custom_schema_name, node)) }}{%- endmacro %}
{% macro generate_series(upper_bound) -%}{%- do probe_tell('generate_series', [upper_bound]) -%}{{ return(dbt.generate_series(upper_bound)) }}{%- endmacro %}
{% macro get_aggregate_function_create_replace_signature(target_relation) -%}{%- do probe_tell('get_aggregate_function_create_replace_signature', [target_relation]) -%}{{ return(dbt.get_aggregate_function_create_replace_signature(target_relation)) }}{%- endmacro %}
{% macro get_aggregate_function_volatility_specifier() -%}{%- do probe_tell('get_aggregate_function_volatility_specifier', []) -%}{{ return(dbt.get_aggregate_function_volatility_specifier()) }}{%- endmacro %}
{% macro get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}{%- do probe_tell('get_alter_materialized_view_as_sql', [relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation]) -%}{{ return(dbt.get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation)) }}{%- endmacro %}
{% macro get_assert_columns_equivalent(sql) -%}{%- do probe_tell('get_assert_columns_equivalent', [sql]) -%}{{ return(dbt.get_assert_columns_equivalent(sql)) }}{%- endmacro %}
{% macro get_batch_size() -%}{%- do probe_tell('get_batch_size', []) -%}{{ return(dbt.get_batch_size()) }}{%- endmacro %}
{% macro get_binding_char() -%}{%- do probe_tell('get_binding_char', []) -%}{{ return(dbt.get_binding_char()) }}{%- endmacro %}
{% macro get_catalog(information_schema, schemas) -%}{%- do probe_tell('get_catalog', [information_schema, schemas]) -%}{{ return(dbt.get_catalog(information_schema, schemas)) }}{%- endmacro %}
{% macro get_catalog_for_single_relation(relation) -%}{%- do probe_tell('get_catalog_for_single_relation', [relation]) -%}{{ return(dbt.get_catalog_for_single_relation(relation)) }}{%- endmacro %}
{% macro get_catalog_relations(information_schema, relations) -%}{%- do probe_tell('get_catalog_relations', [information_schema, relations]) -%}{{ return(dbt.get_catalog_relations(information_schema, relations)) }}{%- endmacro %}
{% macro get_column_names() -%}{%- do probe_tell('get_column_names', []) -%}{{ return(dbt.get_column_names()) }}{%- endmacro %}
{% macro get_column_schema_from_query(select_sql, select_sql_header=None) -%}{%- do probe_tell('get_column_schema_from_query', [select_sql, select_sql_header]) -%}{{ return(dbt.get_column_schema_from_query(select_sql, select_sql_header)) }}{%- endmacro %}
{% macro get_columns_in_query(select_sql) -%}{%- do probe_tell('get_columns_in_query', [select_sql]) -%}{{ return(dbt.get_columns_in_query(select_sql)) }}{%- endmacro %}
{% macro get_columns_in_relation(relation) -%}{%- do probe_tell('get_columns_in_relation', [relation]) -%}{{ return(dbt.get_columns_in_relation(relation)) }}{%- endmacro %}
{% macro get_create_backup_sql(relation) -%}{%- do probe_tell('get_create_backup_sql', [relation]) -%}{{ return(dbt.get_create_backup_sql(relation)) }}{%- endmacro %}
{% macro get_create_index_sql(relation, index_dict) -%}{%- do probe_tell('get_create_index_sql', [relation, index_dict]) -%}{{ return(dbt.get_create_index_sql(relation, index_dict)) }}{%- endmacro %}
{% macro get_create_intermediate_sql(relation, sql) -%}{%- do probe_tell('get_create_intermediate_sql', [relation, sql]) -%}{{ return(dbt.get_create_intermediate_sql(relation, sql)) }}{%- endmacro %}
{% macro get_create_materialized_view_as_sql(relation, sql) -%}{%- do probe_tell('get_create_materialized_view_as_sql', [relation, sql]) -%}{{ return(dbt.get_create_materialized_view_as_sql(relation, sql)) }}{%- endmacro %}
{% macro get_create_sql(relation, sql) -%}{%- do probe_tell('get_create_sql', [relation, sql]) -%}{{ return(dbt.get_create_sql(relation, sql)) }}{%- endmacro %}
{% macro get_create_table_as_sql(temporary, relation, sql) -%}{%- do probe_tell('get_create_table_as_sql', [temporary, relation, sql]) -%}{{ return(dbt.get_create_table_as_sql(temporary, relation, sql)) }}{%- endmacro %}
{% macro get_create_view_as_sql(relation, sql) -%}{%- do probe_tell('get_create_view_as_sql', [relation, sql]) -%}{{ return(dbt.get_create_view_as_sql(relation, sql)) }}{%- endmacro %}
{% macro get_csv_sql(create_or_truncate_sql, insert_sql) -%}{%- do probe_tell('get_csv_sql', [create_or_truncate_sql, insert_sql]) -%}{{ return(dbt.get_csv_sql(create_or_truncate_sql, insert_sql)) }}{%- endmacro %}
{% macro get_dbt_valid_to_current(strategy, columns) -%}{%- do probe_tell('get_dbt_valid_to_current', [strategy, columns]) -%}{{ return(dbt.get_dbt_valid_to_current(strategy, columns)) }}{%- endmacro %}
{% macro get_dcl_statement_list(relation, grant_config, get_dcl_macro) -%}{%- do probe_tell('get_dcl_statement_list', [relation, grant_config, get_dcl_macro]) -%}{{ return(dbt.get_dcl_statement_list(relation, grant_config, get_dcl_macro)) }}{%- endmacro %}
{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}{%- do probe_tell('get_delete_insert_merge_sql', [target, source, unique_key, dest_columns, incremental_predicates]) -%}{{ return(dbt.get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates)) }}{%- endmacro %}
{% macro get_drop_backup_sql(relation) -%}{%- do probe_tell('get_drop_backup_sql', [relation]) -%}{{ return(dbt.get_drop_backup_sql(relation)) }}{%- endmacro %}
{% macro get_drop_index_sql(relation, index_name) -%}{%- do probe_tell('get_drop_index_sql', [relation, index_name]) -%}{{ return(dbt.get_drop_index_sql(relation, index_name)) }}{%- endmacro %}
{% macro get_drop_sql(relation) -%}{%- do probe_tell('get_drop_sql', [relation]) -%}{{ return(dbt.get_drop_sql(relation)) }}{%- endmacro %}
{% macro get_empty_schema_sql(columns) -%}{%- do probe_tell('get_empty_schema_sql', [columns]) -%}{{ return(dbt.get_empty_schema_sql(columns)) }}{%- endmacro %}
{% macro get_empty_subquery_sql(select_sql, select_sql_header=None) -%}{%- do probe_tell('get_empty_subquery_sql', [select_sql, select_sql_header]) -%}{{ return(dbt.get_empty_subquery_sql(select_sql, select_sql_header)) }}{%- endmacro %}
{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) -%}{%- do probe_tell('get_expected_sql', [rows, column_name_to_data_types, column_name_to_quoted]) -%}{{ return(dbt.get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted)) }}{%- endmacro %}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}{%- do probe_tell('get_fixture_sql', [rows, column_name_to_data_types]) -%}{{ return(dbt.get_fixture_sql(rows, column_name_to_data_types)) }}{%- endmacro %}
{% macro get_formatted_aggregate_function_args() -%}{%- do probe_tell('get_formatted_aggregate_function_args', []) -%}{{ return(dbt.get_formatted_aggregate_function_args()) }}{%- endmacro %}
{% macro get_function_language_specifier() -%}{%- do probe_tell('get_function_language_specifier', []) -%}{{ return(dbt.get_function_language_specifier()) }}{%- endmacro %}
{% macro get_function_python_options() -%}{%- do probe_tell('get_function_python_options', []) -%}{{ return(dbt.get_function_python_options()) }}{%- endmacro %}
{% macro get_grant_sql(relation, privilege, grantees) -%}{%- do probe_tell('get_grant_sql', [relation, privilege, grantees]) -%}{{ return(dbt.get_grant_sql(relation, privilege, grantees)) }}{%- endmacro %}
{% macro get_incremental_append_sql(arg_dict) -%}{%- do probe_tell('get_incremental_append_sql', [arg_dict]) -%}{{ return(dbt.get_incremental_append_sql(arg_dict)) }}{%- endmacro %}
{% macro get_incremental_default_sql(arg_dict) -%}{%- do probe_tell('get_incremental_default_sql', [arg_dict]) -%}{{ return(dbt.get_incremental_default_sql(arg_dict)) }}{%- endmacro %}
{% macro get_incremental_delete_insert_sql(arg_dict) -%}{%- do probe_tell('get_incremental_delete_insert_sql', [arg_dict]) -%}{{ return(dbt.get_incremental_delete_insert_sql(arg_dict)) }}{%- endmacro %}
{% macro get_incremental_insert_overwrite_sql(arg_dict) -%}{%- do probe_tell('get_incremental_insert_overwrite_sql', [arg_dict]) -%}{{ return(dbt.get_incremental_insert_overwrite_sql(arg_dict)) }}{%- endmacro %}
{% macro get_incremental_merge_sql(arg_dict) -%}{%- do probe_tell('get_incremental_merge_sql', [arg_dict]) -%}{{ return(dbt.get_incremental_merge_sql(arg_dict)) }}{%- endmacro %}
{% macro get_incremental_microbatch_sql(arg_dict) -%}{%- do probe_tell('get_incremental_microbatch_sql', [arg_dict]) -%}{{ return(dbt.get_incremental_microbatch_sql(arg_dict)) }}{%- endmacro %}
{% macro get_insert_into_sql(target_relation, temp_relation, dest_columns) -%}{%- do probe_tell('get_insert_into_sql', [target_relation, temp_relation, dest_columns]) -%}{{ return(dbt.get_insert_into_sql(target_relation, temp_relation, dest_columns)) }}{%- endmacro %}
{% macro get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header=False) -%}{%- do probe_tell('get_insert_overwrite_merge_sql', [target, source, dest_columns, predicates, include_sql_header]) -%}{{ return(dbt.get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header)) }}{%- endmacro %}
{% macro get_intervals_between(start_date, end_date, datepart) -%}{%- do probe_tell('get_intervals_between', [start_date, end_date, datepart]) -%}{{ return(dbt.get_intervals_between(start_date, end_date, datepart)) }}{%- endmacro %}
{% macro get_limit_subquery_sql(sql, limit) -%}{%- do probe_tell('get_limit_subquery_sql', [sql, limit]) -%}{{ return(dbt.get_limit_subquery_sql(sql, limit)) }}{%- endmacro %}
{% macro get_list_of_column_names(columns) -%}{%- do probe_tell('get_list_of_column_names', [columns]) -%}{{ return(dbt.get_list_of_column_names(columns)) }}{%- endmacro %}
{% macro get_materialized_view_configuration_changes(existing_relation, new_config) -%}{%- do probe_tell('get_materialized_view_configuration_changes', [existing_relation, new_config]) -%}{{ return(dbt.get_materialized_view_configuration_changes(existing_relation, new_config)) }}{%- endmacro %}
{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=None) -%}{%- do probe_tell('get_merge_sql', [target, source, unique_key, dest_columns, incremental_predicates]) -%}{{ return(dbt.get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates)) }}{%- endmacro %}
{% macro get_merge_unique_key_match(source_unique_key, target_unique_key) -%}{%- do probe_tell('get_merge_unique_key_match', [source_unique_key, target_unique_key]) -%}{{ return(dbt.get_merge_unique_key_match(source_unique_key, target_unique_key)) }}{%- endmacro %}
{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) -%}{%- do probe_tell('get_merge_update_columns', [merge_update_columns, merge_exclude_columns, dest_columns]) -%}{{ return(dbt.get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns)) }}{%- endmacro %}
{% macro get_or_create_relation(database, schema, identifier, type) -%}{%- do probe_tell('get_or_create_relation', [database, schema, identifier, type]) -%}{{ return(dbt.get_or_create_relation(database, schema, identifier, type)) }}{%- endmacro %}
{% macro get_powers_of_two(upper_bound) -%}{%- do probe_tell('get_powers_of_two', [upper_bound]) -%}{{ return(dbt.get_powers_of_two(upper_bound)) }}{%- endmacro %}
{% macro get_quoted_csv(column_names) -%}{%- do probe_tell('get_quoted_csv', [column_names]) -%}{{ return(dbt.get_quoted_csv(column_names)) }}{%- endmacro %}
{% macro get_relation_last_modified(information_schema, relations) -%}{%- do probe_tell('get_relation_last_modified', [information_schema, relations]) -%}{{ return(dbt.get_relation_last_modified(information_schema, relations)) }}{%- endmacro %}
{% macro get_relations() -%}{%- do probe_tell('get_relations', []) -%}{{ return(dbt.get_relations()) }}{%- endmacro %}
{% macro get_rename_intermediate_sql(relation) -%}{%- do probe_tell('get_rename_intermediate_sql', [relation]) -%}{{ return(dbt.get_rename_intermediate_sql(relation)) }}{%- endmacro %}
{% macro get_rename_materialized_view_sql(relation, new_name) -%}{%- do probe_tell('get_rename_materialized_view_sql', [relation, new_name]) -%}{{ return(dbt.get_rename_materialized_view_sql(relation, new_name)) }}{%- endmacro %}
{% macro get_rename_sql(relation, new_name) -%}{%- do probe_tell('get_rename_sql', [relation, new_name]) -%}{{ return(dbt.get_rename_sql(relation, new_name)) }}{%- endmacro %}
{% macro get_rename_table_sql(relation, new_name) -%}{%- do probe_tell('get_rename_table_sql', [relation, new_name]) -%}{{ return(dbt.get_rename_table_sql(relation, new_name)) }}{%- endmacro %}
{% macro get_rename_view_sql(relation, new_name) -%}{%- do probe_tell('get_rename_view_sql', [relation, new_name]) -%}{{ return(dbt.get_rename_view_sql(relation, new_name)) }}{%- endmacro %}
{% macro get_replace_materialized_view_sql(relation, sql) -%}{%- do probe_tell('get_replace_materialized_view_sql', [relation, sql]) -%}{{ return(dbt.get_replace_materialized_view_sql(relation, sql)) }}{%- endmacro %}
{% macro get_replace_sql(existing_relation, target_relation, sql) -%}{%- do probe_tell('get_replace_sql', [existing_relation, target_relation, sql]) -%}{{ return(dbt.get_replace_sql(existing_relation, target_relation, sql)) }}{%- endmacro %}
{% macro get_replace_table_sql(relation, sql) -%}{%- do probe_tell('get_replace_table_sql', [relation, sql]) -%}{{ return(dbt.get_replace_table_sql(relation, sql)) }}{%- endmacro %}
{% macro get_replace_view_sql(relation, sql) -%}{%- do probe_tell('get_replace_view_sql', [relation, sql]) -%}{{ return(dbt.get_replace_view_sql(relation, sql)) }}{%- endmacro %}
{% macro get_revoke_sql(relation, privilege, grantees) -%}{%- do probe_tell('get_revoke_sql', [relation, privilege, grantees]) -%}{{ return(dbt.get_revoke_sql(relation, privilege, grantees)) }}{%- endmacro %}
{% macro get_seed_column_quoted_csv(model, column_names) -%}{%- do probe_tell('get_seed_column_quoted_csv', [model, column_names]) -%}{{ return(dbt.get_seed_column_quoted_csv(model, column_names)) }}{%- endmacro %}
{% macro get_select_subquery(sql) -%}{%- do probe_tell('get_select_subquery', [sql]) -%}{{ return(dbt.get_select_subquery(sql)) }}{%- endmacro %}
{% macro get_show_grant_sql(relation) -%}{%- do probe_tell('get_show_grant_sql', [relation]) -%}{{ return(dbt.get_show_grant_sql(relation)) }}{%- endmacro %}
{% macro get_show_indexes_sql(relation) -%}{%- do probe_tell('get_show_indexes_sql', [relation]) -%}{{ return(dbt.get_show_indexes_sql(relation)) }}{%- endmacro %}
{% macro get_show_sql(compiled_code, sql_header, limit) -%}{%- do probe_tell('get_show_sql', [compiled_code, sql_header, limit]) -%}{{ return(dbt.get_show_sql(compiled_code, sql_header, limit)) }}{%- endmacro %}
{% macro get_snapshot_get_time_data_type() -%}{%- do probe_tell('get_snapshot_get_time_data_type', []) -%}{{ return(dbt.get_snapshot_get_time_data_type()) }}{%- endmacro %}
{% macro get_snapshot_table_column_names() -%}{%- do probe_tell('get_snapshot_table_column_names', []) -%}{{ return(dbt.get_snapshot_table_column_names()) }}{%- endmacro %}
{% macro get_table_columns_and_constraints() -%}{%- do probe_tell('get_table_columns_and_constraints', []) -%}{{ return(dbt.get_table_columns_and_constraints()) }}{%- endmacro %}
{% macro get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}{%- do probe_tell('get_test_sql', [main_sql, fail_calc, warn_if, error_if, limit]) -%}{{ return(dbt.get_test_sql(main_sql, fail_calc, warn_if, error_if, limit)) }}{%- endmacro %}
{% macro get_true_sql() -%}{%- do probe_tell('get_true_sql', []) -%}{{ return(dbt.get_true_sql()) }}{%- endmacro %}
{% macro get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}{%- do probe_tell('get_unit_test_sql', [main_sql, expected_fixture_sql, expected_column_names]) -%}{{ return(dbt.get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names)) }}{%- endmacro %}
{% macro get_updated_at_column_data_type(snapshot_sql) -%}{%- do probe_tell('get_updated_at_column_data_type', [snapshot_sql]) -%}{{ return(dbt.get_updated_at_column_data_type(snapshot_sql)) }}{%- endmacro %}
{% macro get_where_subquery(relation) -%}{%- do probe_tell('get_where_subquery', [relation]) -%}{{ return(dbt.get_where_subquery(relation)) }}{%- endmacro %}
{% macro handle_existing_table(full_refresh, old_relation) -%}{%- do probe_tell('handle_existing_table', [full_refresh, old_relation]) -%}{{ return(dbt.handle_existing_table(full_refresh, old_relation)) }}{%- endmacro %}
{% macro has_foreign_key_constraints(relation=None) -%}{%- do probe_tell('has_foreign_key_constraints', [relation]) -%}{{ return(dbt.has_foreign_key_constraints(relation)) }}{%- endmacro %}
{% macro hash(field) -%}{%- do probe_tell('hash', [field]) -%}{{ return(dbt.hash(field)) }}{%- endmacro %}
{% macro in_transaction(sql) -%}{%- do probe_tell('in_transaction', [sql]) -%}{{ return(dbt.in_transaction(sql)) }}{%- endmacro %}
{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') -%}{%- do probe_tell('incremental_validate_on_schema_change', [on_schema_change, default]) -%}{{ return(dbt.incremental_validate_on_schema_change(on_schema_change, default)) }}{%- endmacro %}
{% macro information_schema_name(database) -%}{%- do probe_tell('information_schema_name', [database]) -%}{{ return(dbt.information_schema_name(database)) }}{%- endmacro %}
{% macro intersect() -%}{%- do probe_tell('intersect', []) -%}{{ return(dbt.intersect()) }}{%- endmacro %}
{% macro is_core_v2() -%}{%- do probe_tell('is_core_v2', []) -%}{{ return(dbt.is_core_v2()) }}{%- endmacro %}
{% macro is_incremental() -%}{%- do probe_tell('is_incremental', []) -%}{{ return(dbt.is_incremental()) }}{%- endmacro %}
{% macro last_day(date, datepart) -%}{%- do probe_tell('last_day', [date, datepart]) -%}{{ return(dbt.last_day(date, datepart)) }}{%- endmacro %}
{% macro length(expression) -%}{%- do probe_tell('length', [expression]) -%}{{ return(dbt.length(expression)) }}{%- endmacro %}
{% macro list_function_relations_without_caching(schema_relation) -%}{%- do probe_tell('list_function_relations_without_caching', [schema_relation]) -%}{{ return(dbt.list_function_relations_without_caching(schema_relation)) }}{%- endmacro %}
{% macro list_relations_without_caching(schema_relation) -%}{%- do probe_tell('list_relations_without_caching', [schema_relation]) -%}{{ return(dbt.list_relations_without_caching(schema_relation)) }}{%- endmacro %}
{% macro list_schemas(database) -%}{%- do probe_tell('list_schemas', [database]) -%}{{ return(dbt.list_schemas(database)) }}{%- endmacro %}
{% macro listagg(measure, delimiter_text="','", order_by_clause=None, limit_num=None) -%}{%- do probe_tell('listagg', [measure, delimiter_text, order_by_clause, limit_num]) -%}{{ return(dbt.listagg(measure, delimiter_text, order_by_clause, limit_num)) }}{%- endmacro %}
{% macro load_cached_relation(relation) -%}{%- do probe_tell('load_cached_relation', [relation]) -%}{{ return(dbt.load_cached_relation(relation)) }}{%- endmacro %}
{% macro load_csv_rows(model, agate_table) -%}{%- do probe_tell('load_csv_rows', [model, agate_table]) -%}{{ return(dbt.load_csv_rows(model, agate_table)) }}{%- endmacro %}
{% macro load_relation(relation) -%}{%- do probe_tell('load_relation', [relation]) -%}{{ return(dbt.load_relation(relation)) }}{%- endmacro %}
{% macro location_exists(location) -%}{%- do probe_tell('location_exists', [location]) -%}{{ return(dbt.location_exists(location)) }}{%- endmacro %}
{% macro make_backup_relation(base_relation, backup_relation_type, suffix='__dbt_backup') -%}{%- do probe_tell('make_backup_relation', [base_relation, backup_relation_type, suffix]) -%}{{ return(dbt.make_backup_relation(base_relation, backup_relation_type, suffix)) }}{%- endmacro %}
{% macro make_hook_config(sql, inside_transaction) -%}{%- do probe_tell('make_hook_config', [sql, inside_transaction]) -%}{{ return(dbt.make_hook_config(sql, inside_transaction)) }}{%- endmacro %}
{% macro make_intermediate_relation(base_relation, suffix='__dbt_tmp') -%}{%- do probe_tell('make_intermediate_relation', [base_relation, suffix]) -%}{{ return(dbt.make_intermediate_relation(base_relation, suffix)) }}{%- endmacro %}
{% macro make_temp_relation(base_relation, suffix='__dbt_tmp') -%}{%- do probe_tell('make_temp_relation', [base_relation, suffix]) -%}{{ return(dbt.make_temp_relation(base_relation, suffix)) }}{%- endmacro %}
{% macro materialized_view_execute_build_sql(build_sql, existing_relation, target_relation, post_hooks) -%}{%- do probe_tell('materialized_view_execute_build_sql', [build_sql, existing_relation, target_relation, post_hooks]) -%}{{ return(dbt.materialized_view_execute_build_sql(build_sql, existing_relation, target_relation, post_hooks)) }}{%- endmacro %}
{% macro materialized_view_execute_no_op(target_relation) -%}{%- do probe_tell('materialized_view_execute_no_op', [target_relation]) -%}{{ return(dbt.materialized_view_execute_no_op(target_relation)) }}{%- endmacro %}
{% macro materialized_view_get_build_sql(existing_relation, target_relation, backup_relation, intermediate_relation) -%}{%- do probe_tell('materialized_view_get_build_sql', [existing_relation, target_relation, backup_relation, intermediate_relation]) -%}{{ return(dbt.materialized_view_get_build_sql(existing_relation, target_relation, backup_relation, intermediate_relation)) }}{%- endmacro %}
{% macro materialized_view_setup(backup_relation, intermediate_relation, pre_hooks) -%}{%- do probe_tell('materialized_view_setup', [backup_relation, intermediate_relation, pre_hooks]) -%}{{ return(dbt.materialized_view_setup(backup_relation, intermediate_relation, pre_hooks)) }}{%- endmacro %}
{% macro materialized_view_teardown(backup_relation, intermediate_relation, post_hooks) -%}{%- do probe_tell('materialized_view_teardown', [backup_relation, intermediate_relation, post_hooks]) -%}{{ return(dbt.materialized_view_teardown(backup_relation, intermediate_relation, post_hooks)) }}{%- endmacro %}
{% macro may_be_foreign_key_target(relation=None) -%}{%- do probe_tell('may_be_foreign_key_target', [relation]) -%}{{ return(dbt.may_be_foreign_key_target(relation)) }}{%- endmacro %}
{% macro merge_clause_defaults(merge_update_condition, merge_insert_condition, merge_update_columns=[], merge_exclude_columns=[], merge_update_set_expressions={}) -%}{%- do probe_tell('merge_clause_defaults', [merge_update_condition, merge_insert_condition, merge_update_columns, merge_exclude_columns, merge_update_set_expressions]) -%}{{ return(dbt.merge_clause_defaults(merge_update_condition, merge_insert_condition, merge_update_columns, merge_exclude_columns, merge_update_set_expressions)) }}{%- endmacro %}
{% macro noop_statement(name=None, message=None, code=None, rows_affected=None, res=None) -%}{%- do probe_tell('noop_statement', [name, message, code, rows_affected, res]) -%}{%- set own = caller -%}{%- call dbt.noop_statement(name, message, code, rows_affected, res) -%}{{ own() }}{%- endcall -%}{%- endmacro %}
{% macro normalize_incremental_predicates(incremental_predicates) -%}{%- do probe_tell('normalize_incremental_predicates', [incremental_predicates]) -%}{{ return(dbt.normalize_incremental_predicates(incremental_predicates)) }}{%- endmacro %}
{% macro normalize_string_or_list(raw, field_name) -%}{%- do probe_tell('normalize_string_or_list', [raw, field_name]) -%}{{ return(dbt.normalize_string_or_list(raw, field_name)) }}{%- endmacro %}
{% macro partition_range(raw_partition_date, date_fmt='%Y%m%d') -%}{%- do probe_tell('partition_range', [raw_partition_date, date_fmt]) -%}{{ return(dbt.partition_range(raw_partition_date, date_fmt)) }}{%- endmacro %}
{% macro persist_docs(relation, model, for_relation=True, for_columns=True) -%}{%- do probe_tell('persist_docs', [relation, model, for_relation, for_columns]) -%}{{ return(dbt.persist_docs(relation, model, for_relation, for_columns)) }}{%- endmacro %}
{% macro position(substring_text, string_text) -%}{%- do probe_tell('position', [substring_text, string_text]) -%}{{ return(dbt.position(substring_text, string_text)) }}{%- endmacro %}
{% macro post_snapshot(staging_relation) -%}{%- do probe_tell('post_snapshot', [staging_relation]) -%}{{ return(dbt.post_snapshot(staging_relation)) }}{%- endmacro %}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) -%}{%- do probe_tell('process_schema_changes', [on_schema_change, source_relation, target_relation]) -%}{{ return(dbt.process_schema_changes(on_schema_change, source_relation, target_relation)) }}{%- endmacro %}
{% macro py_current_timestring() -%}{%- do probe_tell('py_current_timestring', []) -%}{{ return(dbt.py_current_timestring()) }}{%- endmacro %}
{% macro py_script_comment() -%}{%- do probe_tell('py_script_comment', []) -%}{{ return(dbt.py_script_comment()) }}{%- endmacro %}
{% macro py_script_postfix(model) -%}{%- do probe_tell('py_script_postfix', [model]) -%}{{ return(dbt.py_script_postfix(model)) }}{%- endmacro %}
{% macro py_write_table(temporary, relation, compiled_code, partitioned_by=None, sorted_by=None) -%}{%- do probe_tell('py_write_table', [temporary, relation, compiled_code, partitioned_by, sorted_by]) -%}{{ return(dbt.py_write_table(temporary, relation, compiled_code, partitioned_by, sorted_by)) }}{%- endmacro %}
{% macro refresh_materialized_view(relation) -%}{%- do probe_tell('refresh_materialized_view', [relation]) -%}{{ return(dbt.refresh_materialized_view(relation)) }}{%- endmacro %}
{% macro register_upstream_external_models() -%}{%- do probe_tell('register_upstream_external_models', []) -%}{{ return(dbt.register_upstream_external_models()) }}{%- endmacro %}
{% macro rename_relation(from_relation, to_relation) -%}{%- do probe_tell('rename_relation', [from_relation, to_relation]) -%}{{ return(dbt.rename_relation(from_relation, to_relation)) }}{%- endmacro %}
{% macro render_write_options(config) -%}{%- do probe_tell('render_write_options', [config]) -%}{{ return(dbt.render_write_options(config)) }}{%- endmacro %}
{% macro replace(field, old_chars, new_chars) -%}{%- do probe_tell('replace', [field, old_chars, new_chars]) -%}{{ return(dbt.replace(field, old_chars, new_chars)) }}{%- endmacro %}
{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) -%}{%- do probe_tell('reset_csv_table', [model, full_refresh, old_relation, agate_table]) -%}{{ return(dbt.reset_csv_table(model, full_refresh, old_relation, agate_table)) }}{%- endmacro %}
{% macro resolve_model_name(input_model_name) -%}{%- do probe_tell('resolve_model_name', [input_model_name]) -%}{{ return(dbt.resolve_model_name(input_model_name)) }}{%- endmacro %}
{% macro restore_foreign_key_dependents(dropped) -%}{%- do probe_tell('restore_foreign_key_dependents', [dropped]) -%}{{ return(dbt.restore_foreign_key_dependents(dropped)) }}{%- endmacro %}
{% macro right(string_text, length_expression) -%}{%- do probe_tell('right', [string_text, length_expression]) -%}{{ return(dbt.right(string_text, length_expression)) }}{%- endmacro %}
{% macro run_hooks(hooks, inside_transaction=True) -%}{%- do probe_tell('run_hooks', [hooks, inside_transaction]) -%}{{ return(dbt.run_hooks(hooks, inside_transaction)) }}{%- endmacro %}
{% macro run_query(sql) -%}{%- do probe_tell('run_query', [sql]) -%}{{ return(dbt.run_query(sql)) }}{%- endmacro %}
{% macro safe_cast(field, type) -%}{%- do probe_tell('safe_cast', [field, type]) -%}{{ return(dbt.safe_cast(field, type)) }}{%- endmacro %}
{% macro scalar_function_body_sql() -%}{%- do probe_tell('scalar_function_body_sql', []) -%}{{ return(dbt.scalar_function_body_sql()) }}{%- endmacro %}
{% macro scalar_function_create_replace_signature_sql(target_relation) -%}{%- do probe_tell('scalar_function_create_replace_signature_sql', [target_relation]) -%}{{ return(dbt.scalar_function_create_replace_signature_sql(target_relation)) }}{%- endmacro %}
{% macro scalar_function_sql(target_relation) -%}{%- do probe_tell('scalar_function_sql', [target_relation]) -%}{{ return(dbt.scalar_function_sql(target_relation)) }}{%- endmacro %}
{% macro scalar_function_volatility_javascript() -%}{%- do probe_tell('scalar_function_volatility_javascript', []) -%}{{ return(dbt.scalar_function_volatility_javascript()) }}{%- endmacro %}
{% macro scalar_function_volatility_sql() -%}{%- do probe_tell('scalar_function_volatility_sql', []) -%}{{ return(dbt.scalar_function_volatility_sql()) }}{%- endmacro %}
{% macro set_sql_header(config) -%}{%- do probe_tell('set_sql_header', [config]) -%}{{ return(dbt.set_sql_header(config)) }}{%- endmacro %}
{% macro should_full_refresh() -%}{%- do probe_tell('should_full_refresh', []) -%}{{ return(dbt.should_full_refresh()) }}{%- endmacro %}
{% macro should_revoke(existing_relation, full_refresh_mode=True) -%}{%- do probe_tell('should_revoke', [existing_relation, full_refresh_mode]) -%}{{ return(dbt.should_revoke(existing_relation, full_refresh_mode)) }}{%- endmacro %}
{% macro should_store_failures() -%}{%- do probe_tell('should_store_failures', []) -%}{{ return(dbt.should_store_failures()) }}{%- endmacro %}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}{%- do probe_tell('snapshot_check_all_get_existing_columns', [node, target_exists, check_cols_config]) -%}{{ return(dbt.snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config)) }}{%- endmacro %}
{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) -%}{%- do probe_tell('snapshot_check_strategy', [node, snapshotted_rel, current_rel, model_config, target_exists]) -%}{{ return(dbt.snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists)) }}{%- endmacro %}
{% macro snapshot_get_time() -%}{%- do probe_tell('snapshot_get_time', []) -%}{{ return(dbt.snapshot_get_time()) }}{%- endmacro %}
{% macro snapshot_hash_arguments(args) -%}{%- do probe_tell('snapshot_hash_arguments', [args]) -%}{{ return(dbt.snapshot_hash_arguments(args)) }}{%- endmacro %}
{% macro snapshot_merge_sql(target, source, insert_cols) -%}{%- do probe_tell('snapshot_merge_sql', [target, source, insert_cols]) -%}{{ return(dbt.snapshot_merge_sql(target, source, insert_cols)) }}{%- endmacro %}
{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}{%- do probe_tell('snapshot_staging_table', [strategy, source_sql, target_relation]) -%}{{ return(dbt.snapshot_staging_table(strategy, source_sql, target_relation)) }}{%- endmacro %}
{% macro snapshot_string_as_time(timestamp) -%}{%- do probe_tell('snapshot_string_as_time', [timestamp]) -%}{{ return(dbt.snapshot_string_as_time(timestamp)) }}{%- endmacro %}
{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) -%}{%- do probe_tell('snapshot_timestamp_strategy', [node, snapshotted_rel, current_rel, model_config, target_exists]) -%}{{ return(dbt.snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists)) }}{%- endmacro %}
{% macro split_part(string_text, delimiter_text, part_number) -%}{%- do probe_tell('split_part', [string_text, delimiter_text, part_number]) -%}{{ return(dbt.split_part(string_text, delimiter_text, part_number)) }}{%- endmacro %}
{% macro sql_convert_columns_in_relation(table) -%}{%- do probe_tell('sql_convert_columns_in_relation', [table]) -%}{{ return(dbt.sql_convert_columns_in_relation(table)) }}{%- endmacro %}
{% macro statement(name=None, fetch_result=False, auto_begin=True, language='sql') -%}{%- do probe_tell('statement', [name, fetch_result, auto_begin, language]) -%}{%- set own = caller -%}{%- call dbt.statement(name, fetch_result, auto_begin, language) -%}{{ own() }}{%- endcall -%}{%- endmacro %}
{% macro store_relation(plugin, relation, location, format, config) -%}{%- do probe_tell('store_relation', [plugin, relation, location, format, config]) -%}{{ return(dbt.store_relation(plugin, relation, location, format, config)) }}{%- endmacro %}
{% macro strategy_dispatch(name) -%}{%- do probe_tell('strategy_dispatch', [name]) -%}{{ return(dbt.strategy_dispatch(name)) }}{%- endmacro %}
{% macro string_literal(value) -%}{%- do probe_tell('string_literal', [value]) -%}{{ return(dbt.string_literal(value)) }}{%- endmacro %}
{% macro support_multiple_grantees_per_dcl_statement() -%}{%- do probe_tell('support_multiple_grantees_per_dcl_statement', []) -%}{{ return(dbt.support_multiple_grantees_per_dcl_statement()) }}{%- endmacro %}
{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) -%}{%- do probe_tell('sync_column_schemas', [on_schema_change, target_relation, schema_changes_dict]) -%}{{ return(dbt.sync_column_schemas(on_schema_change, target_relation, schema_changes_dict)) }}{%- endmacro %}
{% macro table_columns_and_constraints() -%}{%- do probe_tell('table_columns_and_constraints', []) -%}{{ return(dbt.table_columns_and_constraints()) }}{%- endmacro %}
{% test accepted_values(model, column_name, values, quote=True) -%}{%- do probe_tell('test_accepted_values', [model, column_name, values, quote]) -%}{{ return(dbt.test_accepted_values(model, column_name, values, quote)) }}{%- endtest %}
{% test not_null(model, column_name) -%}{%- do probe_tell('test_not_null', [model, column_name]) -%}{{ return(dbt.test_not_null(model, column_name)) }}{%- endtest %}
{% test relationships(model, column_name, to, field) -%}{%- do probe_tell('test_relationships', [model, column_name, to, field]) -%}{{ return(dbt.test_relationships(model, column_name, to, field)) }}{%- endtest %}
{% test unique(model, column_name) -%}{%- do probe_tell('test_unique', [model, column_name]) -%}{{ return(dbt.test_unique(model, column_name)) }}{%- endtest %}
{% macro truncate_relation(relation) -%}{%- do probe_tell('truncate_relation', [relation]) -%}{{ return(dbt.truncate_relation(relation)) }}{%- endmacro %}
{% macro type_bigint() -%}{%- do probe_tell('type_bigint', []) -%}{{ return(dbt.type_bigint()) }}{%- endmacro %}
{% macro type_boolean() -%}{%- do probe_tell('type_boolean', []) -%}{{ return(dbt.type_boolean()) }}{%- endmacro %}
{% macro type_float() -%}{%- do probe_tell('type_float', []) -%}{{ return(dbt.type_float()) }}{%- endmacro %}
{% macro type_int() -%}{%- do probe_tell('type_int', []) -%}{{ return(dbt.type_int()) }}{%- endmacro %}
{% macro type_numeric() -%}{%- do probe_tell('type_numeric', []) -%}{{ return(dbt.type_numeric()) }}{%- endmacro %}
{% macro type_string() -%}{%- do probe_tell('type_string', []) -%}{{ return(dbt.type_string()) }}{%- endmacro %}
{% macro type_timestamp() -%}{%- do probe_tell('type_timestamp', []) -%}{{ return(dbt.type_timestamp()) }}{%- endmacro %}
{% macro unique_key_fields(unique_key) -%}{%- do probe_tell('unique_key_fields', [unique_key]) -%}{{ return(dbt.unique_key_fields(unique_key)) }}{%- endmacro %}
{% macro unique_key_is_not_null(unique_key, identifier) -%}{%- do probe_tell('unique_key_is_not_null', [unique_key, identifier]) -%}{{ return(dbt.unique_key_is_not_null(unique_key, identifier)) }}{%- endmacro %}
{% macro unique_key_is_null(unique_key, identifier) -%}{%- do probe_tell('unique_key_is_null', [unique_key, identifier]) -%}{{ return(dbt.unique_key_is_null(unique_key, identifier)) }}{%- endmacro %}
{% macro unique_key_join_on(unique_key, identifier, from_identifier) -%}{%- do probe_tell('unique_key_join_on', [unique_key, identifier, from_identifier]) -%}{{ return(dbt.unique_key_join_on(unique_key, identifier, from_identifier)) }}{%- endmacro %}
{% macro unsupported_volatility_warning(volatility) -%}{%- do probe_tell('unsupported_volatility_warning', [volatility]) -%}{{ return(dbt.unsupported_volatility_warning(volatility)) }}{%- endmacro %}
{% macro validate_dict_field(field_value, field_name, errors) -%}{%- do probe_tell('validate_dict_field', [field_value, field_name, errors]) -%}{{ return(dbt.validate_dict_field(field_value, field_name, errors)) }}{%- endmacro %}
{% macro validate_doc_columns(relation, column_dict, existing_column_names) -%}{%- do probe_tell('validate_doc_columns', [relation, column_dict, existing_column_names]) -%}{{ return(dbt.validate_doc_columns(relation, column_dict, existing_column_names)) }}{%- endmacro %}
{% macro validate_ducklake_restrictions(config, target_relation, errors) -%}{%- do probe_tell('validate_ducklake_restrictions', [config, target_relation, errors]) -%}{{ return(dbt.validate_ducklake_restrictions(config, target_relation, errors)) }}{%- endmacro %}
{% macro validate_fixture_rows(rows, row_number) -%}{%- do probe_tell('validate_fixture_rows', [rows, row_number]) -%}{{ return(dbt.validate_fixture_rows(rows, row_number)) }}{%- endmacro %}
{% macro validate_merge_clause_list(merge_clauses, clause_type, errors) -%}{%- do probe_tell('validate_merge_clause_list', [merge_clauses, clause_type, errors]) -%}{{ return(dbt.validate_merge_clause_list(merge_clauses, clause_type, errors)) }}{%- endmacro %}
{% macro validate_merge_clauses(config, base_configuration_fields, errors) -%}{%- do probe_tell('validate_merge_clauses', [config, base_configuration_fields, errors]) -%}{{ return(dbt.validate_merge_clauses(config, base_configuration_fields, errors)) }}{%- endmacro %}
{% macro validate_merge_config(config, target_relation=None) -%}{%- do probe_tell('validate_merge_config', [config, target_relation]) -%}{{ return(dbt.validate_merge_config(config, target_relation)) }}{%- endmacro %}
{% macro validate_sql(sql) -%}{%- do probe_tell('validate_sql', [sql]) -%}{{ return(dbt.validate_sql(sql)) }}{%- endmacro %}
{% macro validate_string_field(field_value, field_name, errors) -%}{%- do probe_tell('validate_string_field', [field_value, field_name, errors]) -%}{{ return(dbt.validate_string_field(field_value, field_name, errors)) }}{%- endmacro %}
{% macro validate_string_list_field(field_value, field_name, errors) -%}{%- do probe_tell('validate_string_list_field', [field_value, field_name, errors]) -%}{{ return(dbt.validate_string_list_field(field_value, field_name, errors)) }}{%- endmacro %}
{% macro write_to_file(relation, location, options) -%}{%- do probe_tell('write_to_file', [relation, location, options]) -%}{{ return(dbt.write_to_file(relation, location, options)) }}{%- endmacro %}
