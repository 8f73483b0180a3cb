{{ config(materialized='table') }}
select 2 as id, {{ shared_name() }} as own, {{ pkg_a.shared_name() }} as a, {{ pkg_a.call_shared() }} as a_called, {{ pkg_b.shared_name() }} as b,
  {{ pkg_a.greet('x') }} as greeting, {{ pkg_a.salute() }} as salute, {{ pkg_a.wave() }} as wave, {{ pkg_a.call_dbt() }} as hashed,
  {{ pkg_a.call_root() }} as root, {{ pkg_a.call_b() }} as from_b
