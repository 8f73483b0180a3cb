{%- call statement('s', fetch_result=True) -%}select 41 + 1 as answer, 'x' as t{%- endcall -%}
{%- set r = load_result('s') -%}
select {{ r['data'][0][0] if r }} as answer, '{{ r.table.column_names | join(",") if r }}' as names, '{{ r.response if r }}' as response
