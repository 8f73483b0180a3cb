{#- Orders far larger than those of the other customers, or than the customer's own. -#}
with metrics as (

    select * from {{ ref('stg_customer_metrics') }}

),

population as (

    select
        avg(cast(net_total as double precision)) as mean_order,
        stddev_samp(cast(net_total as double precision)) as deviation
    from {{ ref('stg_orders') }}

),

measured as (

    select
        metrics.customer_id,
        metrics.largest_order,
        case
            when metrics.order_count = 0 or coalesce(population.deviation, 0) = 0 then 0
            else cast(round(cast((metrics.largest_order - population.mean_order) / population.deviation as decimal(18, 6)), 2) as decimal(18, 2))
        end as deviations_above_mean,
        case
            when metrics.order_count >= 3 and metrics.average_order_value > 0
                then {{ ratio('metrics.largest_order', 'metrics.average_order_value') }}
            else 1
        end as largest_to_average
    from metrics
    cross join population

)

select
    customer_id,
    largest_order,
    cast(deviations_above_mean as decimal(18, 2)) as deviations_above_mean,
    cast(largest_to_average as decimal(18, 4)) as largest_to_average,
    {{ score(
        '0.8 * ' ~ part_of('deviations_above_mean - 1', 2)
        ~ ' + 0.2 * ' ~ part_of('largest_to_average - 1.5', 1.5)
    ) }} as risk_score
from measured
