{{ config(unique_key='"Odd id"') }}
select {{ 1 if is_incremental() else 2 }} as "Odd id", {{ is_incremental() }} as new, 'ü' as "Größe"
union all select 3, {{ is_incremental() }}, 'x'
