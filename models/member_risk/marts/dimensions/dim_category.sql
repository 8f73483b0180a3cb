select
    category_code,
    category_name,
    category_group,
    category_group = 'risky' as is_risky,
    risk_factor
from {{ ref('transaction_categories') }}
