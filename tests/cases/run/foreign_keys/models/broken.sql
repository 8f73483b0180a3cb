-- depends_on: {{ ref('parent') }}
select 3 as id
