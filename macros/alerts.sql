{#-
    `on-run-end`: every model with `meta.alert_file` that this run built is written out as that file, for whoever sends alerts on. A model that
    was not part of the run, that failed, or one of whose data tests failed keeps the file that was there. (A test that only warns does not
    hold an alert back: that it fires is its purpose.)
-#}
{% macro write_alert_files(results) -%}
    {%- if execute and flags.WHICH in ['run', 'build'] -%}
        {%- set doubtful = [] -%}
        {%- for result in results if result.node.resource_type in ['test', 'unit_test'] and result.status in ['fail', 'error'] -%}
            {%- do doubtful.extend(result.node.depends_on.nodes) -%}
        {%- endfor -%}
        {%- for result in results if result.node.resource_type == 'model' and result.node.config.meta.get('alert_file') -%}
            {%- set path = alert_folder() ~ '/' ~ result.node.config.meta.get('alert_file') -%}
            {%- if result.status != 'success' or result.node.unique_id in doubtful -%}
                {%- do log(path ~ ' stays as it was: ' ~ result.node.name ~ ' or a test of it did not pass', info=true) -%}
            {%- else -%}
                {%- set relation = api.Relation.create(
                    database=result.node.database, schema=result.node.schema, identifier=result.node.alias
                ) -%}
                {%- if write_csv_file(relation, path, result.node.config.meta.get('alert_order')) -%}
                    {%- do log('Alerts of ' ~ result.node.name ~ ' written to ' ~ path, info=true) -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- Where alerts are written: the variable `alert_path`, else the folder `alerts` of the lake. -#}
{% macro alert_folder() -%}
    {{ return(var('alert_path') or env_var('FLAGSHIP_LAKE', var('lake_path')) ~ '/alerts') }}
{%- endmacro %}
