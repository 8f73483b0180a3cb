{{ config(materialized='view', pre_hook='insert into main.log values (nextval(\'main.seq\'), \'v pre\')', post_hook=['', "{{ add_log('v post') }}"]) }}
select * from {{ ref('m') }}
