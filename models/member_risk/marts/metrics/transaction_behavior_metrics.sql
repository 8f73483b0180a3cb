with context as (

    select as_of_date from {{ ref('core_run_context') }}

),

transactions as (

    select
        facts.*,
        context.as_of_date,
        {{ dbt.datediff('facts.transaction_date', 'context.as_of_date', 'day') }} as days_ago
    from {{ ref('fct_transactions') }} as facts
    cross join context
    where facts.transaction_date <= context.as_of_date

),

by_member as (

    select
        member_id,
        cast(count(*) as bigint) as transactions,
        {{ count_if('days_ago < 30') }} as transactions_30d,
        {{ count_if('days_ago < 90') }} as transactions_90d,
        {{ count_if('is_spend') }} as purchases,
        {{ money('sum(spend_usd)') }} as spend_usd,
        {{ money_if('days_ago < 30', 'spend_usd') }} as spend_30d_usd,
        {{ money_if('days_ago >= 30 and days_ago < 60', 'spend_usd') }} as spend_previous_30d_usd,
        {{ money_if('days_ago < 90', 'spend_usd') }} as spend_90d_usd,
        {{ money('sum(refund_usd)') }} as refund_usd,
        {{ money('sum(risky_spend_usd)') }} as risky_spend_usd,
        {{ money('max(spend_usd)') }} as largest_purchase_usd,
        sum(cast(spend_usd as decimal(18, 2)) * cast(spend_usd as decimal(18, 2))) as sum_of_squares,
        {{ count_if('is_declined') }} as declined,
        {{ count_if('is_night') }} as at_night,
        {{ count_if('is_weekend') }} as at_weekends,
        {{ count_if('is_online') }} as online,
        {{ count_if('is_foreign') }} as in_foreign_currency,
        cast(count(distinct merchant_id) as bigint) as merchants,
        cast(count(distinct category_code) as bigint) as categories,
        cast(count(distinct transaction_date) as bigint) as active_days,
        cast(min(days_ago) as bigint) as days_since_last
    from transactions
    group by member_id

),

by_category as (

    select
        member_id,
        category_code,
        sum(spend_usd) as spend_usd
    from transactions
    where is_spend
    group by member_id, category_code

),

top_categories as (

    select
        member_id,
        category_code,
        row_number() over (partition by member_id order by spend_usd desc, category_code asc) as category_rank
    from by_category

),

by_day as (

    select
        member_id,
        transaction_date,
        count(*) as transactions
    from transactions
    group by member_id, transaction_date

),

busiest_days as (

    select
        member_id,
        max(transactions) as transactions
    from by_day
    group by member_id

),

members as (

    select member_id from {{ ref('dim_member') }}

),

combined as (

    select
        members.member_id,
        context.as_of_date,
        coalesce(by_member.transactions, 0) as transactions,
        coalesce(by_member.transactions_30d, 0) as transactions_30d,
        coalesce(by_member.transactions_90d, 0) as transactions_90d,
        coalesce(by_member.purchases, 0) as purchases,
        {{ money('coalesce(by_member.spend_usd, 0)') }} as spend_usd,
        {{ money('coalesce(by_member.spend_30d_usd, 0)') }} as spend_30d_usd,
        {{ money('coalesce(by_member.spend_previous_30d_usd, 0)') }} as spend_previous_30d_usd,
        {{ money('coalesce(by_member.spend_90d_usd, 0)') }} as spend_90d_usd,
        {{ money('coalesce(by_member.refund_usd, 0)') }} as refund_usd,
        {{ money('coalesce(by_member.risky_spend_usd, 0)') }} as risky_spend_usd,
        {{ money('coalesce(by_member.largest_purchase_usd, 0)') }} as largest_purchase_usd,
        coalesce(by_member.sum_of_squares, 0) as sum_of_squares,
        coalesce(by_member.declined, 0) as declined,
        coalesce(by_member.at_night, 0) as at_night,
        coalesce(by_member.at_weekends, 0) as at_weekends,
        coalesce(by_member.online, 0) as online,
        coalesce(by_member.in_foreign_currency, 0) as in_foreign_currency,
        coalesce(by_member.merchants, 0) as merchants,
        coalesce(by_member.categories, 0) as categories,
        coalesce(by_member.active_days, 0) as active_days,
        cast(coalesce(busiest_days.transactions, 0) as bigint) as most_transactions_a_day,
        by_member.days_since_last,
        top_categories.category_code as top_category_code
    from members
    cross join context
    left join by_member on members.member_id = by_member.member_id
    left join busiest_days on members.member_id = busiest_days.member_id
    left join top_categories
        on members.member_id = top_categories.member_id
        and top_categories.category_rank = 1

),

measured as (

    select
        *,
        {{ money('case when purchases > 0 then round(cast(spend_usd as decimal(18, 4)) / purchases, 2) else 0 end') }}
            as average_purchase_usd,
        {{ ratio('risky_spend_usd', 'spend_usd') }} as risky_share,
        {{ ratio('declined', 'transactions') }} as declined_share,
        {{ ratio('at_night', 'transactions') }} as night_share,
        {{ ratio('at_weekends', 'transactions') }} as weekend_share,
        {{ ratio('online', 'transactions') }} as online_share,
        {{ ratio('spend_30d_usd', 'spend_previous_30d_usd') }} as spend_trend
    from combined

)

select
    member_id,
    as_of_date,
    transactions,
    transactions_30d,
    transactions_90d,
    purchases,
    spend_usd,
    spend_30d_usd,
    spend_previous_30d_usd,
    spend_90d_usd,
    refund_usd,
    risky_spend_usd,
    largest_purchase_usd,
    average_purchase_usd,
    -- Sums of decimals are exact: the deviation does not depend on the order of the rows.
    {{ money(
        'case when purchases > 1 then sqrt(greatest(0, (cast(sum_of_squares as double precision)'
        ~ ' - cast(spend_usd as double precision) * cast(spend_usd as double precision) / purchases)'
        ~ ' / (purchases - 1))) else 0 end'
    ) }} as purchase_deviation_usd,
    merchants,
    categories,
    active_days,
    most_transactions_a_day,
    days_since_last,
    top_category_code,
    risky_share,
    declined_share,
    night_share,
    weekend_share,
    online_share,
    in_foreign_currency,
    spend_trend,
    case
        when transactions = 0 then 'inactive'
        when transactions_30d = 0 then 'dormant'
        when risky_share >= 0.4 then 'risk_seeker'
        when spend_previous_30d_usd > 0 and spend_trend >= 2 then 'growing'
        when spend_previous_30d_usd > 0 and spend_trend <= 0.5 then 'declining'
        else 'steady'
    end as behavior_segment
from measured
