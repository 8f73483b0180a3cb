{% set found = run_query('select 1 as amount') %}
select {{ found.select(['amont']).rows[0][0] if execute else 0 }} as amount
