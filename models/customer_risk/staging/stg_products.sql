with source as (

    select * from {{ source('customer_api', 'products') }}

),

newest as (

    select
        source.*,
        row_number() over (partition by source.product_id order by source.source_file desc, source.source_row desc) as version_rank
    from source

)

select
    product_id,
    {{ collapse_spaces('title') }} as title,
    coalesce({{ normalise_code('category') }}, 'unknown') as category,
    brand,
    price,
    coalesce(discount_percentage, 0) as discount_percentage,
    rating,
    stock,
    coalesce({{ normalise_code('availability_status') }}, 'unknown') as availability_status,
    source_file,
    source_row
from newest
where version_rank = 1
