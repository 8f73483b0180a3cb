{#- Net revenue is the same by month, by segment, by place and by client; fraud by whatever it is counted. -#}
with counted as (

    select
        (select sum(net_revenue) from {{ ref('revenue_by_month') }}) as by_month,
        (select sum(net_revenue) from {{ ref('revenue_by_card_segment') }}) as by_segment,
        (select sum(net_revenue) from {{ ref('revenue_by_place') }}) as by_place,
        (select sum(net_revenue) from {{ ref('fraud_by_client') }}) as by_client,
        (select sum(fraud_transactions) from {{ ref('fraud_by_mcc') }}) as frauds_by_mcc,
        (select sum(fraud_transactions) from {{ ref('fraud_by_client') }}) as frauds_by_client,
        (select sum(fraud_transactions) from {{ ref('fraud_by_merchant') }}) as frauds_by_merchant,
        (select sum(fraud_transactions) from {{ ref('fraud_by_hour') }}) as frauds_by_hour,
        (select sum(fraud_transactions) from {{ ref('fraud_by_channel') }}) as frauds_by_channel,
        (select sum(fraud_transactions) from {{ ref('label_coverage_by_month') }}) as frauds_by_month

)

select *
from counted
where
    by_month <> by_segment
    or by_month <> by_place
    or by_month <> by_client
    or frauds_by_mcc <> frauds_by_client
    or frauds_by_mcc <> frauds_by_merchant
    or frauds_by_mcc <> frauds_by_hour
    or frauds_by_mcc <> frauds_by_channel
    or frauds_by_mcc <> frauds_by_month
