-- A test of one's own: the rows that it finds are failures.
select customer, revenue
from {{ ref('customers') }}
where revenue < 0
