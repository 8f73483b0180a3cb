{{ config(type='table', pre_hook="select {{ function('plus') }}(1, 2)", grants={'execute': ['me']}) }}
select i, {{ function('lib', 'double') }}(i) as twice from range(n) t(i)
where {{ var('keep', 'true') }} and {{ some_macro() }}
