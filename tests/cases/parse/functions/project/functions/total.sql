{{ config(type='aggregate', alias='sum_up', tags=['sums'], custom_key={'a': 1}) }}
{{ function('plus') }}(sum(x), (select count(*) from {{ ref('m') }}))
