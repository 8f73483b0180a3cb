-- The band's limits contain the score; bands leave no gap and do not overlap.
select
    scores.member_id,
    scores.risk_score,
    scores.risk_band
from {{ ref('member_risk_score') }} as scores
left join {{ ref('risk_bands') }} as bands on scores.risk_band = bands.risk_band
where
    bands.risk_band is null
    or scores.risk_score < bands.min_score
    or scores.risk_score >= bands.max_score
