{{ config(schema='custom') }}
select {{ shared_name() }} as own, {{ call_shared() }} as called, {{ both() }} as both, {{ call_dbt() }} as hashed, {{ of_root() }} as root, {{ length("'xyz'") }} as n
