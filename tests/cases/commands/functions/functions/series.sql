{{ config(type='table') }} select i from range(n) t(i)
