select {{ exceptions.raise_compiler_error('stop here') if execute else 1 }} as a
