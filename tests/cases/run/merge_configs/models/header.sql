{{ config(sql_header='set variable least = 2;', merge_update_condition="DBT_INTERNAL_SOURCE.id > getvariable('least')") }}
{{ rows() }}
