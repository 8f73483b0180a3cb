{#
  A comment of
  three lines.
#}
select order_id
form {{ ref('orders') }}
where order_id = = 1
