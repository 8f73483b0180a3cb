{{ config(enabled=var('wrong', false)) }}
upper(s, 3) +
