{{ config(event_time='at') }}
select 1 as id, timestamp '2026-11-18' as at
