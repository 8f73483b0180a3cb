{{ config(materialized='table') }}
{% set q %}select code, label from {{ ref('codes') }} order by 1{% endset %}
{% set found = run_query(q) %}
{% if execute %}{% set codes = found.columns[0].values() %}{% else %}{% set codes = [] %}{% endif %}
select
{%- for c in codes %}
  max(case when code = '{{ c }}' then label end) as label_{{ c }}{{ ',' if not loop.last }}
{%- endfor %}
from {{ ref('codes') }}
