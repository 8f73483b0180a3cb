{#- Postal codes that can't be read are null in the facts: worth a look when there are more than one in a thousand. -#}
{{ config(severity='warn') }}

select count(*) as records
from {{ ref('stg_card_transactions') }}
having {{ count_if('has_unreadable_zip') }} * 1000 > count(*)
