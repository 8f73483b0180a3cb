{{ config(materialized='view', meta={'owner': 'me'}, custom_key='kept') }}
-- depends_on: {{ ref('codes') }}
{%- set rel = adapter.get_relation(this.database, this.schema, 'codes') -%}
select
  '{{ this.identifier }}' as ident,
  '{{ this }}' as rendered,
  '{{ model.unique_id }}' as uid,
  '{{ config.get("custom_key") }}' as custom,
  '{{ config.get("missing", "fallback") }}' as fallback,
  '{{ config.get("meta").owner }}' as owner,
  '{{ execute }}' as exec,
  '{{ target.name }}' as target_name,
  '{{ schema }}' as schema_name,
  '{{ rel is not none }}' as found,
  '{{ rel.type }}' as rel_type,
  '{{ graph.nodes.values() | selectattr("resource_type", "equalto", "model") | map(attribute="name") | sort | join(",") }}' as models,
  '{{ selected_resources | sort | join(",") }}' as selected,
  '{{ (adapter.get_columns_in_relation(ref("codes")) | map(attribute="name") | list) if execute }}' as cols,
  '{{ flags.WHICH }}' as which,
  '{{ load_result("nothing") is none }}' as nothing,
  '{{ var("v1", "dflt") }}' as v1
