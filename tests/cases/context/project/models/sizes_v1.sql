select 's' as size
