{%- call statement('s', fetch_result=True) -%}select 1{%- endcall -%}{% set a = load_result('s') %}{% set b = load_result('s') %}select 1
