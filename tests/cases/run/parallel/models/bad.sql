select nope from {{ ref('m0') }}
