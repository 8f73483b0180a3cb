/** The dbt whose behaviour tsdbt has: what `dbt_version` shows and `require-dbt-version` is compared with. */
export const DBT_VERSION = '1.11.16';
