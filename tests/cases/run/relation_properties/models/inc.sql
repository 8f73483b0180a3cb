select 1::bigint as id, 'v{{ 2 if is_incremental() }}' as val
