a + b + {{ var('more', 0) }}
