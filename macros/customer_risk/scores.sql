{#- A score: a decimal of four digits, held between 0 and 1. -#}
{% macro score(expression) -%}
    cast(least(1, greatest(0, round(cast({{ expression }} as decimal(18, 6)), 4))) as decimal(5, 4))
{%- endmacro %}


{#- Great-circle distance in kilometres (haversine) between two points in degrees; null when one is unknown. -#}
{% macro distance_km(latitude_1, longitude_1, latitude_2, longitude_2) -%}
    {#- `least` leaves nulls out on some engines, hence the case. -#}
    case
        when {{ latitude_1 }} is not null and {{ longitude_1 }} is not null
            and {{ latitude_2 }} is not null and {{ longitude_2 }} is not null
            then 2 * 6371 * asin(least(1.0, sqrt(
                power(sin(radians(cast({{ latitude_2 }} - {{ latitude_1 }} as double precision)) / 2), 2)
                + cos(radians(cast({{ latitude_1 }} as double precision))) * cos(radians(cast({{ latitude_2 }} as double precision)))
                * power(sin(radians(cast({{ longitude_2 }} - {{ longitude_1 }} as double precision)) / 2), 2)
            )))
    end
{%- endmacro %}
