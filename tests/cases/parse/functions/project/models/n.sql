{{ config(post_hook="select {{ function('whisper') }}('x')") }}
-- the same function twice, and by a macro
select {{ function('plus') }}(1, 2), {{ function('plus') }}(3, 4), {{ some_macro() }}
from {{ function('series') }}(3)
where '{{ graph.functions | default("none") }}' <> '' and '{{ this }}' = '{{ function("plus") }}'
