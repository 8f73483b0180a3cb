select '{{ var("a") }} {{ var("b") }} {{ shared() }} {{ pk1.disp() }} {{ pk2.disp2() }} {{ only_root() }}' as x
