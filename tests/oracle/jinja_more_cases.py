"""Cases of the parts around the language: Python's datetime and Decimal, native rendering, the search for blocks."""

_DT = "{% set dt = modules.datetime %}"

DATETIME_CASES = [
    _DT + t
    for t in [
        "{{ dt.date(2024, 2, 29) }} {{ [dt.date(2024, 2, 29)] }} {{ dt.date(2024, 2, 29).year }} {{ dt.date(2024, 2, 29).isoformat() }} {{ dt.date(2024, 2, 29).weekday() }} {{ dt.date(2024, 2, 29).isoweekday() }} {{ dt.date(2024, 2, 29).toordinal() }}",
        "{{ dt.date(2023, 2, 29) }}",
        "{{ dt.date(2023, 13, 1) }}",
        "{{ dt.date(0, 1, 1) }}",
        "{{ dt.date(2024, 1) }}",
        "{{ dt.datetime(2024, 2, 29, 13, 5, 9, 123456) }} {{ [dt.datetime(2024, 2, 29, 13, 5)] }} {{ [dt.datetime(2024, 2, 29, 13, 5, 9, 5)] }} {{ dt.datetime(2024, 2, 29) }} {{ dt.datetime(2024, 2, 29).isoformat() }} {{ dt.datetime(2024, 2, 29, 1, 2, 3).isoformat(' ', 'minutes') }} {{ dt.datetime(2024, 2, 29, 1, 2, 3, 4567).isoformat(timespec='milliseconds') }}",
        "{{ dt.datetime(2024, 2, 29, 13, 5, 9, 123456).strftime('%Y-%m-%d %H:%M:%S.%f %y %b %B %a %A %j %p %I %w %U %W %G-%V %u %% %e %D %T %F %R %c %x %X %z|%Z|') }}",
        "{{ dt.datetime(2024, 2, 9, 3, 5, 9).strftime('%-d %-m %-H %-I %_d %^a %C %h %n%t') }} {{ dt.date(2024, 2, 9).strftime('%d/%m/%Y %H:%M') }} {{ dt.time(1, 2, 3).strftime('%H-%M') }}",
        "{{ dt.date(2024, 1, 31) + dt.timedelta(days=1) }} {{ dt.date(2024, 3, 1) - dt.timedelta(1) }} {{ dt.date(2024, 3, 1) - dt.date(2024, 2, 1) }} {{ (dt.date(2024, 3, 1) - dt.date(2024, 2, 1)).days }} {{ dt.timedelta(days=1) + dt.date(2024, 1, 1) }}",
        "{{ dt.datetime(2024, 1, 1) + dt.timedelta(hours=25, minutes=3, seconds=1.5) }} {{ dt.datetime(2024, 1, 2) - dt.datetime(2024, 1, 1, 12) }} {{ dt.datetime(2024, 1, 1) - dt.timedelta(microseconds=1) }}",
        "{{ dt.timedelta(days=-1, hours=5) }} {{ dt.timedelta(weeks=1, milliseconds=1500) }} {{ [dt.timedelta(1, 2, 3)] }} {{ [dt.timedelta(0)] }} {{ dt.timedelta(hours=36).total_seconds() }} {{ dt.timedelta(hours=36).days }} {{ dt.timedelta(hours=36).seconds }} {{ dt.timedelta(1) * 2 }} {{ dt.timedelta(1) / 2 }} {{ dt.timedelta(1) / dt.timedelta(hours=1) }} {{ dt.timedelta(1) // dt.timedelta(hours=5) }} {{ dt.timedelta(1) % dt.timedelta(hours=5) }} {{ -dt.timedelta(1) }} {{ dt.timedelta(days=2) > dt.timedelta(days=1) }} {{ dt.timedelta(0.5) }} {{ dt.timedelta(1) * 1.5 }}",
        "{{ dt.datetime.strptime('2024-02-29 13:05:09', '%Y-%m-%d %H:%M:%S') }} {{ dt.datetime.strptime('29/Feb/24', '%d/%b/%y') }} {{ dt.datetime.strptime('01:30 PM', '%I:%M %p') }} {{ dt.datetime.strptime('2024-060', '%Y-%j') }} {{ dt.datetime.strptime('2024-01-01T00:00:00.5+0130', '%Y-%m-%dT%H:%M:%S.%f%z') }} {{ dt.datetime.strptime('20240229', '%Y%m%d').date() }} {{ dt.datetime.strptime('Monday 1 January 2024', '%A %d %B %Y') }}",
        "{{ dt.datetime.strptime('x', '%Y') }}",
        "{{ dt.datetime.strptime('2024-01', '%Y') }}",
        "{{ dt.datetime.strptime('2024', '%Q') }}",
        "{{ dt.datetime.strptime('2024-02-30', '%Y-%m-%d') }}",
        "{{ dt.datetime(2024, 1, 1).replace(year=2025, hour=3) }} {{ dt.date(2024, 1, 1).replace(day=15) }} {{ dt.datetime(2024, 1, 1, 5).date() }} {{ dt.datetime(2024, 1, 1, 5, 6).time() }} {{ dt.datetime.combine(dt.date(2024, 1, 1), dt.time(5)) }} {{ dt.time(5, 6, 7, 8) }} {{ [dt.time(5, 6)] }}",
        "{{ dt.date(2024, 1, 1) < dt.date(2024, 1, 2) }} {{ dt.date(2024, 1, 1) == dt.date(2024, 1, 1) }} {{ dt.datetime(2024, 1, 1) == dt.date(2024, 1, 1) }} {{ [dt.date(2024, 2, 1), dt.date(2024, 1, 1)] | sort | first }} {{ {dt.date(2024, 1, 1): 1}[dt.date(2024, 1, 1)] }}",
        "{{ dt.datetime(2024, 1, 1) < dt.date(2024, 1, 1) }}",
        "{{ dt.date(2024, 1, 1) + 1 }}",
        "{{ dt.datetime.fromisoformat('2024-01-01T05:06:07.123') }} {{ dt.datetime.fromisoformat('2024-01-01') }} {{ dt.datetime.fromisoformat('2024-01-01 05:06:07+02:00') }} {{ dt.datetime.fromisoformat('2024-01-01T05:06Z') }} {{ dt.date.fromisoformat('2024-01-01') }} {{ dt.date.fromordinal(738000) }} {{ dt.date(2024, 12, 30).isocalendar() }} {{ dt.date(2024, 12, 30).isocalendar()[1] }}",
        "{{ dt.date.fromisoformat('nope') }}",
        "{{ dt.datetime.fromisoformat('nope') }}",
        "{{ dt.datetime.now() is defined }} {{ dt.datetime.today().year > 2000 }} {{ dt.date.today().year > 2000 }} {{ dt.datetime.utcnow().tzinfo is none }} {{ dt.datetime.now(dt.timezone.utc).tzinfo }}",
        "{{ dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc) }} {{ dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=-5.5))) }} {{ dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc).astimezone(dt.timezone(dt.timedelta(hours=2))) }} {{ dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc).timestamp() }} {{ dt.datetime.fromtimestamp(0, dt.timezone.utc) }} {{ dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc).strftime('%z %Z') }} {{ [dt.timezone.utc] }} {{ dt.datetime.utcfromtimestamp(1.5) }} {{ dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc) == dt.datetime(2024, 1, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=2))) }}",
        "{{ dt.datetime(2024, 1, 1) - dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc) }}",
        "{{ dt.date.max + dt.timedelta(1) }}",
        "{{ dt.date.min }} {{ dt.date.max }} {{ dt.datetime.max }} {{ dt.MINYEAR }} {{ dt.MAXYEAR }} {{ '{:%Y/%m}'.format(dt.date(2024, 5, 6)) }} {{ '%s' % dt.date(2024, 5, 6) }} {{ dt.date(2024, 5, 6) ~ '' }} {{ dt.date(2024, 5, 6).ctime() }} {{ dt.date(2024, 5, 6) | string | length }}",
        "{{ dt.date(2024, 5, 6) | tojson }}",
        "{{ dt.datetime.strptime('2024-01-01', '%Y-%m-%d').nosuch() }}",
    ]
]

DECIMAL_CASES = [
    "{{ Decimal('1.10') }} {{ [Decimal('1.10')] }} {{ Decimal('1E+5') }} {{ Decimal('0.0000001') }} {{ Decimal('-0') }} {{ Decimal(5) }} {{ Decimal('12345678901234567890.123456789') }} {{ Decimal(0.1) }} {{ Decimal('NaN') }} {{ Decimal('-inf') }} {{ Decimal('0.00') }}",
    "{{ Decimal('1.1') + Decimal('2.20') }} {{ Decimal('1.1') - 2 }} {{ 2 - Decimal('1.1') }} {{ Decimal('1.1') * Decimal('1.1') }} {{ Decimal('1') / Decimal('3') }} {{ Decimal('10') / 4 }} {{ Decimal('7') // 2 }} {{ Decimal('-7') // 2 }} {{ Decimal('7.5') % 2 }} {{ Decimal('-7.5') % 2 }} {{ Decimal('2') ** 10 }} {{ -Decimal('1.5') }} {{ Decimal('-1.5') | abs }} {{ Decimal(2) / Decimal(3) }} {{ Decimal(1) / Decimal(8) }} {{ Decimal('1e30') + 1 }}",
    "{{ Decimal('1.10') == Decimal('1.1') }} {{ Decimal('1') == 1 }} {{ Decimal('0.5') == 0.5 }} {{ Decimal('0.1') == 0.1 }} {{ Decimal('1.1') < 2 }} {{ 2 > Decimal('1.1') }} {{ Decimal('1.5') > 1.4 }} {{ Decimal('-1') < Decimal('1') }} {{ Decimal('100') > Decimal('99.9') }} {{ {Decimal('1'): 'x'}[1] }} {{ Decimal('1') in [1] }} {{ [Decimal('2'), 1, Decimal('1.5')] | sort }}",
    "{{ Decimal('2.675') | round(2) }} {{ Decimal('2.5') | round }} {{ Decimal('3.7') | int }} {{ Decimal('-3.7') | int }} {{ Decimal('3.7') | float }} {{ Decimal('1.5') | string }} {{ Decimal('1.10').quantize(Decimal('0.1')) }} {{ Decimal('1.25').quantize(Decimal('0.1')) }} {{ Decimal('1.10').normalize() }} {{ Decimal('100').normalize() }} {{ Decimal('1.10').as_tuple()[1] }} {{ [Decimal('1.1'), Decimal('2.2')] | sum }} {{ Decimal('0') is number }} {{ 'y' if Decimal('0.0') else 'n' }} {{ Decimal('1.10') is integer }}",
    "{{ '%s %d %.2f' % (Decimal('1.5'), Decimal('2.7'), Decimal('3.14159')) }} {{ '{:.2f} {:,.1f} {}'.format(Decimal('2.675'), Decimal('1234567.25'), Decimal('1.10')) }} {{ Decimal('1.5') ~ '' }}",
    "{{ Decimal('x') }}",
    "{{ Decimal('1') + 1.5 }}",
    "{{ Decimal('1') + 'a' }}",
    "{{ Decimal('1') / 0 }}",
    "{{ Decimal('1') < 'a' }}",
    "{{ Decimal('1.5') | tojson }}",
]

NATIVE_CASES = [
    "plain", "plain\n", "a\r\nb\n\n", "5", "true", "", "\n", "it }} has", "{{ 5 }}", "{{ i }}", "{{ f }}", "{{ t }}", "{{ n }}",
    "{{ xs }}", "{{ d }}", "{{ name }}", "{{ 'true' }}", "{{ true }}", "{{ [1, 2] }}", "{{ 1 + 1 }}", "{{ i + 1 }}", "{{ i }} ",
    " {{ i }}", "{{ i }}{{ i }}", "x{{ i }}", "{{ '5' | as_number }}", "{{ 5 | as_number }}", "{{ '5.0' | as_number }}",
    "{{ 'x' | as_number }}", "{{ 'True' | as_number }}", "{{ 'true' | as_bool }}", "{{ 'True' | as_bool }}", "{{ t | as_bool }}",
    "{{ false | as_bool }}", "{{ 'x' | as_bool }}", "{{ 1 | as_bool }}", "{{ '[1, {\"a\": (2,)}]' | as_native }}",
    "{{ 'nope(' | as_native }}", "{{ '5' | as_native }}", "{{ '-5' | as_native }}", "{{ '1e3' | as_native }}", "{{ '0x1f' | as_native }}",
    "{{ '\"q\"' | as_native }}", "{{ 'None' | as_native }}", "{{ '{1, 2}' | as_native }}", "{{ '1, 2' | as_native }}", "{{ ' 5' | as_native }}",
    "{{ '007' | as_native }}", "{{ '1_000' | as_native }}", "{{ \"'a' 'b'\" | as_native }}", "{{ '5' | as_text }}", "{{ 5 | as_text }}", "{{ xs | as_text }}",
    "{{ zz }}", "{{ zz | default('x') }}", "{{ none }}", "{{ 'a' ~ i }}", "{{ i }}\n", "{% if true %}5{% endif %}", "{% if t %}{{ i }}{% endif %}",
    "{% if t %}{{ i }}{% else %}x{% endif %}", "{% for x in xs %}{{ x }}{% endfor %}", "{% set y = 1 %}{{ y }}", "{# c #}{{ i }}", "{# c #}",
    "{{ 1 }}{{ 2 }}", "{{ i if t else 'x' }}", "{{ 5 if true }}", "{{ 'a' | upper }}", "{{ [i] }}", "{{ {'a': i} }}", "{{ i | string }}", "{{ (1, 2) }}",
    "{{ '1' ~ '2' }}", "{{ 1.0 }}", "{{ 2.5 | round }}", "{{ nested.k.v }}", "{{ 'x' is string }}", "{{ name | length }}", "{{ 'abc' | length }}",
    "{{ i == 7 }}", "{{ 1 == 1 }}", "{{ 1 < 2 < 3 }}", "{{ not true }}", "{{ 'a' in 'abc' }}", "{{ [1, 2][0] }}", "{{ {'a': 5}.a }}", "{{ -5 }}",
    "{{ name in ['x', 'y'] | as_bool }}", "{{ 'x' in ['x', 'y'] | as_bool() }}", "{{ 'x' not in ['x'] | as_bool }}", "{{ '7' == i | as_number }}",
    "{{ i | as_number == '7' }}", "{{ i | as_number == 7 }}", "{{ 'x' != 'x' | as_text }}", "{{ not '' | as_bool }}", "{{ 'y' if '' | as_bool else 'n' }}",
    "{{ 'y' if 'False' | as_bool else 'n' }}", "{{ ('a' | as_text) + 'b' }}", "{{ 'b' + ('a' | as_text) }}", "{{ ('a' | as_text) * 2 }}", "{{ '%s!' | as_text % 'a' }}",
    "{{ ('ab' | as_text).upper() }}", "{{ ('ab' | as_text)[0] }}", "{{ 'ab' | as_text | length }}", "{{ 'ab' | as_text | list }}", "{{ [true | as_bool] }}",
    "{{ true | as_bool and 'True' | as_bool }}", "{{ '' | as_bool or 'True' | as_bool }}", "{{ 'a' < 'b' | as_text }}", "{{ 'ab' | as_text | upper }}",
    "{{ '1' | as_number + 1 }}", "{{ 'True' | as_bool if t else 'False' | as_bool }}", "{% set y = 'True' | as_bool %}{{ y }}", "{{ 'True' | as_bool ~ '' }}",
    "{{ 'ab' | as_text is string }}", "{{ ['a', 'b' | as_text] | join('-') }}", "{{ 'a' in ('ab' | as_text) }}",
    "{{ ('a' | as_text) in 'ab' }}", "{{ ('a' | as_text) in ['a'] }}",
    "{{ 1 / 0 }}", "{{ i / 0 }}", "{{ zz.x }}", "{{ ", "{{ (1, 2) | list }}", "{{ xs | map('string') | list }}", "{{ [1, 2] | map('string') | list }}",
]

BLOCK_CASES = [
    "", "no blocks", "{% macro a() %}x{% endmacro %}", "  {%- macro a() -%}  x  {%- endmacro -%}  y",
    "{% macro a() %}x{% endmacro %}{% macro b(x, y='%}') %}{% endmacro %}", "text {% docs d1 %}\n# hi {{ x }}\n{% enddocs %} more",
    "{% snapshot s %}{{ config(a='b') }} select 1{% endsnapshot %}", "{% docs a %}{% raw %}{% enddocs %}{% endraw %}{% enddocs %}",
    "{# {% macro x() %} #}{% macro y() %}{% endmacro %}", "{{ '{% macro x() %}' }}{% macro y() %}{% endmacro %}",
    "{% macro a() %}{% if x %}{% endif %}{% for a in b %}{% endfor %}{% endmacro %}", "{% if x %}{% macro a() %}{% endmacro %}{% endif %}",
    "{% macro a() %}{% macro b() %}{% endmacro %}{% endmacro %}", "{% macro a() %}", "{% macro a() ", "{% docs x %}never closed", "{% endif %}", "{% for x in y %}{% endif %}",
    "{% if x %}{% endfor %}", "{# open", "{{ open", "{{ 'open }}", "{% raw %}open", "{% set x = 1 %}{% macro a() %}{% endmacro %}", "{% endmacro %}",
    "{% materialization m, adapter='duckdb' %}{% endmaterialization %}", "{% test t(model) %}{% endtest %}{% data_test u(model) %}{% enddata_test %}",
    "a\r\n{% docs x %}\r\nb\r\n{% enddocs %}\r\n", "{% docs %}x{% enddocs %}", "{%docs x%}y{%enddocs%}", "{% docs x-y %}z{% enddocs %}",
    "{%- docs x -%}\n  body\n{%- enddocs -%}\n\n{% docs y %}{% enddocs %}", "{% call foo() %}{% endcall %}{% macro a() %}{% call b() %}{% endcall %}{% endmacro %}",
    "{% %}{% macro a() %}{% endmacro %}", "{ {% macro a() %}}{% endmacro %} }",
]
