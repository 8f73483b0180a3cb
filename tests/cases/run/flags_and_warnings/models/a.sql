{{ exceptions.warn('careful') if execute }}select * from {{ ref('s') }}
