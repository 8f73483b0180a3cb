{{ remember('a', 'one') }}{{ remember('b', 'two') }}
{% do context.update(greeting='hello') %}
select '{{ recall('a') }}' as a, '{{ recall('b') }}' as b, '{{ greet() }}' as c, {{ '__memory' in context }} as d,
  '{{ context['__memory']['a'] }}' as e
