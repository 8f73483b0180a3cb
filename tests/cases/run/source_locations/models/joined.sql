select p.name, o.id from {{ source('files', 'people') }} p join {{ source('files', 'orders') }} o on o.person = p.id
