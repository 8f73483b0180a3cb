{#- No fact pairs a client with another one's card. -#}
select
    facts.client_id,
    facts.card_id,
    count(*) as transactions
from {{ ref('fct_card_transactions') }} as facts
left join {{ ref('dim_card') }} as cards
    on facts.card_id = cards.card_id
    and facts.client_id = cards.client_id
where cards.card_id is null
group by facts.client_id, facts.card_id
