select days + 1 as days from {{ ref('late') }}
