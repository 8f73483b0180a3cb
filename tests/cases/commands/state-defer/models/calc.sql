select {{ function('triple') }}(id) as tripled from {{ ref('raw') }}
