{{ config(post_hook='select nope from nowhere') }}
select 1 as id
