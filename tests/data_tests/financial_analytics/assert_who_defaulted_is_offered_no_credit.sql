select recommendations.customer_id
from {{ ref('product_recommendations') }} as recommendations
inner join {{ ref('customer_loan_summary') }} as summaries on recommendations.customer_id = summaries.customer_id
where recommendations.is_credit and summaries.defaulted_loans > 0
