select
    codes.mcc,
    codes.mcc_description,
    coalesce(groups.mcc_group, 'unknown') as mcc_group
from {{ ref('stg_mcc_codes') }} as codes
left join {{ ref('mcc_groups') }} as groups on codes.mcc between groups.first_mcc and groups.last_mcc
where codes.reject_reasons is null
