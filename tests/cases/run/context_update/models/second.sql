select '{{ recall('a') }}' as a, '{{ greet() }}' as c, {{ '__memory' in context }} as d from {{ ref('first') }}
