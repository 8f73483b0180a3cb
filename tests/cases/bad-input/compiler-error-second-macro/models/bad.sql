select 1 as id
{{ stop('because') }}
