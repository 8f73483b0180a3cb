{{ config(materialized='table') }}
select {{ hash('1') }} as h, {{ dbt.hash('1') }} as dbt_h, {{ right("'abc'", 1) }} as r, {{ dbt.right("'abc'", 1) }} as dbt_r,
  {{ concat(["'x'"]) }} as c, {{ dbt.concat(["'x'"]) }} as dbt_c, {{ length("'xyz'") }} as l, {{ dbt.length("'xyz'") }} as dbt_l,
  {{ dateadd('day', 1, "date '2024-01-01'") }} as d, {{ dbt.default__hash('1') }} as named, {{ dbt_duckdb_there() }} as there
