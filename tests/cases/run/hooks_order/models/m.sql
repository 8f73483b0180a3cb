{{ config(materialized='table',
  pre_hook=["insert into main.log values (nextval('main.seq'), 'pre in ' || '{{ this.name }}')", {"sql": "insert into main.log values (nextval('main.seq'), 'pre out')", "transaction": false}],
  post_hook=["insert into main.log values (nextval('main.seq'), 'post in {{ target.schema }}')", before_begin("insert into main.log values (nextval('main.seq'), 'post out')")]) }}
select 1 as id
