const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Configs that every materialized resource can have on one of dbt's warehouses. */
const WAREHOUSE = words(`
  adapter_properties as_columnstore auto_liquid_cluster auto_refresh automatic_clustering backup base_location_root
  base_location_subpath bind buckets catalog catalog_name cluster_by clustered_by compression copy_grants
  databricks_compute databricks_tags dist enable_refresh enabled external_volume file_format grant_access_to
  hours_to_expiration include_full_name_in_path indexes initialize kms_key_name labels labels_from_meta
  liquid_clustered_by location_root matched_condition max_staleness merge_with_schema_evolution meta
  not_matched_by_source_action not_matched_by_source_condition not_matched_condition partition_by
  partition_expiration_days partitions query_tag refresh_interval_minutes refresh_mode require_partition_filter
  row_access_policy schedule secure skip_matched_step skip_not_matched_step snowflake_warehouse sort sort_type
  source_alias static_analysis table_tag table_type tags target_alias target_lag tblproperties tmp_relation_type
  transient`);

/** What a relation that dbt makes has besides. */
const RELATION = words('alias database full_refresh group quoting schema');
const BUILT = words('docs event_time grants persist_docs post-hook pre-hook');

/**
 * The configs that dbt's check of dbt_project.yml knows, by the key at the top. Trees that are not here are not
 * checked.
 */
const KEYS: { readonly [tree: string]: readonly string[] } = {
  data_tests: [
    ...WAREHOUSE,
    ...RELATION,
    ...words('error_if fail_calc limit severity store_failures store_failures_as warn_if where'),
  ],
  exposures: words('enabled meta tags'),
  metrics: words('enabled group meta tags'),
  models: [
    ...WAREHOUSE,
    ...RELATION,
    ...BUILT,
    ...words(`
      access additional_libs batch_id batch_size begin category cluster_id column_types concurrent_batches contract
      create_notebook dataproc_cluster_name description enable_list_inference external_access_integrations freshness
      http_path imports incremental_predicates incremental_strategy index_url intermediate_format jar_file_uri
      job_cluster_config location lookback materialized merge_exclude_columns merge_update_columns notebook_template_id
      on_configuration_change on_schema_change packages predicates primary_key python_job_config python_version
      resource_tags secrets sql_header state submission_method sync table_format timeout unique_key use_anonymous_sproc
      user_folder_for_python`),
  ],
  seeds: [...WAREHOUSE, ...RELATION, ...BUILT, 'column_types', 'delimiter', 'quote_columns'],
  snapshots: [
    ...WAREHOUSE,
    ...RELATION,
    ...BUILT,
    ...words(`
      check_cols dbt_valid_to_current hard_deletes invalidate_hard_deletes materialized quote_columns
      snapshot_meta_column_names strategy sync target_database target_schema unique_key updated_at`),
  ],
  sources: [...WAREHOUSE, ...words('event_time freshness loaded_at_field loaded_at_query quoting schema_origin sync')],
  unit_tests: WAREHOUSE,
};

/** The keys at the top of dbt_project.yml that dbt's check knows. */
export const TOP_LEVEL_KEYS: ReadonlySet<string> = new Set(
  words(`
    analyses analysis-paths asset-paths clean-targets config-version data_tests dbt-cloud dispatch docs-paths exposures
    flags function-paths functions log-path macro-paths metrics model-paths models name on-run-end on-run-start
    packages-install-path profile query-comment quoting require-dbt-version restrict-access saved-queries seed-paths
    seeds semantic-models snapshot-paths snapshots sources sync target-path test-paths tests unit_tests vars version`),
);

/** The configs of a tree with their `+`; null where dbt does not check the tree. */
export function configKeys(tree: string): ReadonlySet<string> | null {
  const name = tree === 'tests' ? 'data_tests' : tree;
  const keys = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  return keys ? new Set(keys.map((key) => `+${key}`)) : null;
}

/** Configs whose values are mappings of text to text, of which dbt's check looks at each value. */
export const TEXT_MAPS: ReadonlySet<string> = new Set(['+column_types', '+labels', '+resource_tags']);
