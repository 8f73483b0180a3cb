select id,
  nope_column
from {{ ref('ok') }}
