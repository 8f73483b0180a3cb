{% set twice = [source('raw', 'orders'), source('raw', 'orders')] %}
select 1 as a from {{ twice[0] }}
