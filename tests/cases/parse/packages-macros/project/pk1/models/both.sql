select '{{ shared() }}' as pk1
