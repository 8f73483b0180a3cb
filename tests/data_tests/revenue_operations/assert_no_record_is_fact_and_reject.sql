{#- A record is a fact or rejected, never both. -#}
select facts.source_row
from {{ ref('fct_card_transactions') }} as facts
inner join {{ ref('rejected_card_transactions') }} as rejected on facts.source_row = rejected.source_row
