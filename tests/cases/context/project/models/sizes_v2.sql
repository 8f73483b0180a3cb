select 'm' as size
