{% if execute %}{{ try_or_compiler_error('tried', refuse, 'compiler') }}{% endif %}
