select 1 as id
{% include 'other.sql' %}
