select 1
{{ exceptions.raise_compiler_error('no ' ~ 1) }}