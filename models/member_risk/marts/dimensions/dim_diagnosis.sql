select
    diagnosis_code,
    diagnosis_name,
    condition_group,
    is_chronic,
    severity
from {{ ref('diagnosis_codes') }}
