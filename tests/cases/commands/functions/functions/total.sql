{{ config(type='aggregate', pre_hook="create table if not exists log (said varchar)", post_hook="insert into log values ('{{ this.name }}: {{ model.arguments | length }}')") }}
{{ function('plus') }}(sum(x), (select count(*) from {{ ref('base') }}))
