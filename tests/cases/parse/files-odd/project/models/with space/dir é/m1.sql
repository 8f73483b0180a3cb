select 'é😀' as x
