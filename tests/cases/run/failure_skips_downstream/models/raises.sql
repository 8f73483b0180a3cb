{% if execute %}{{ exceptions.raise_compiler_error('my own message') }}{% endif %}select 1
