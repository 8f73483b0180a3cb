-- A score is explained by its components, to the cent.
select
    scores.member_id,
    scores.risk_score,
    sum(components.points) as points
from {{ ref('member_risk_score') }} as scores
inner join {{ ref('member_risk_components') }} as components on scores.member_id = components.member_id
group by scores.member_id, scores.risk_score
having abs(scores.risk_score - sum(components.points)) > 0.005
