select * from
  {{ ref('cutsomers') }}