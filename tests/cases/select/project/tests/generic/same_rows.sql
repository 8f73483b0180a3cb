{% test same_rows(model, other) %}
select 1 from (select count(*) as n from {{ model }}) a join (select count(*) as n from {{ other }}) b on a.n <> b.n
{% endtest %}
