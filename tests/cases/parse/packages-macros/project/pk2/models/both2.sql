select '{{ shared() }} {{ inner() }} {{ dbt.date_trunc("day", "x") }} {{ dbt.length("y") }} {{ length("z") }}' as pk2
