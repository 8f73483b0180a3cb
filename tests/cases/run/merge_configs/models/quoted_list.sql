{{ config(unique_key=['"Odd id"', 'new'], merge_exclude_columns=['Größe']) }}
select {{ 1 if is_incremental() else 2 }} as "Odd id", 1 as new, 'ü' as "Größe"
union all select 3, 1, '{{ is_incremental() }}'
