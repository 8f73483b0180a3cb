"""Records what Jinja in dbt's environment prints for dbt's `modules` (datetime, pytz, re, itertools) into tests/cases/context/modules.json."""
import argparse
import json
import os

import dbt.version
from dbt import flags
from dbt.context.base import get_context_modules
from dbt_common.clients.jinja import get_environment

TEMPLATES = [
    "{{ modules.datetime.datetime(2026, 3, 29, 12, 30) }}",
    "{{ modules.datetime.date(2026, 1, 31) + modules.datetime.timedelta(days=1) }}",
    "{{ (modules.datetime.datetime(2026, 3, 1) - modules.datetime.datetime(2026, 2, 1)).days }}",
    "{{ modules.datetime.datetime.strptime('2026-02-03', '%Y-%m-%d').strftime('%d.%m.%y %H:%M') }}",
    "{{ modules.datetime.datetime(2026, 7, 1, 12, tzinfo=modules.pytz.utc).astimezone(modules.pytz.timezone('Europe/Berlin')) }}",
    "{{ modules.datetime.datetime(2026, 1, 1, 12, tzinfo=modules.pytz.utc).astimezone(modules.pytz.timezone('America/New_York')).isoformat() }}",
    "{{ modules.pytz.timezone('Europe/Berlin').localize(modules.datetime.datetime(2026, 7, 1, 12)) }}",
    "{{ modules.pytz.timezone('Europe/Berlin').localize(modules.datetime.datetime(2026, 7, 1, 12)).utcoffset() }}",
    "{{ modules.pytz.timezone('Europe/Berlin').localize(modules.datetime.datetime(2026, 1, 1, 12)).astimezone(modules.pytz.utc) }}",
    "{{ modules.pytz.timezone('Asia/Kolkata').localize(modules.datetime.datetime(2026, 1, 1)).strftime('%Y-%m-%dT%H:%M:%S%z') }}",
    "{{ modules.pytz.timezone('US/Pacific') }} {{ modules.pytz.utc }} {{ modules.pytz.timezone('UTC').zone }}",
    "{{ modules.pytz.timezone('Australia/Lord_Howe').localize(modules.datetime.datetime(2026, 1, 1)).utcoffset() }}",
    "{{ modules.pytz.FixedOffset(90).utcoffset(none) }}",
    "{{ modules.datetime.datetime(1997, 9, 29, 6, 14, tzinfo=modules.pytz.timezone('America/Los_Angeles')) }}",
    "{{ modules.datetime.datetime(2026, 1, 1).replace(tzinfo=modules.pytz.timezone('Asia/Kolkata')).isoformat() }}",
    "{{ modules.pytz.timezone('America/Los_Angeles').utcoffset(modules.datetime.datetime(1997, 9, 29)) }} {{ modules.pytz.timezone('America/Los_Angeles').dst(modules.datetime.datetime(1997, 1, 29)) }}",
    "{{ [modules.pytz.timezone('Etc/GMT+5'), modules.pytz.timezone('America/Los_Angeles'), modules.pytz.utc] }}",
    "{{ modules.pytz.timezone('America/New_York').localize(modules.datetime.datetime(2026, 11, 1, 1, 30)) }} {{ modules.pytz.timezone('America/New_York').localize(modules.datetime.datetime(2026, 11, 1, 1, 30), is_dst=true) }}",
    "{{ modules.pytz.timezone('America/New_York').localize(modules.datetime.datetime(2026, 3, 8, 2, 30)) }} {{ modules.pytz.timezone('America/New_York').localize(modules.datetime.datetime(2026, 3, 8, 2, 30), is_dst=true) }}",
    "{% set z = modules.pytz.timezone('America/New_York') %}{% set d = z.localize(modules.datetime.datetime(2026, 10, 31, 12)) + modules.datetime.timedelta(days=1) %}{{ d }} {{ z.normalize(d) }}",
    "{{ modules.datetime.datetime(1997, 9, 29, 6, 14, tzinfo=modules.pytz.timezone('America/Los_Angeles')).astimezone(modules.pytz.utc) }}",
    "{{ 'Europe/Paris' in modules.pytz.all_timezones }}",
    "{{ modules.re.match('a(.)c', 'abcd').group(1) }} {{ modules.re.match('x', 'abc') is none }}",
    "{{ modules.re.sub('[^0-9]+', '_', 'a1b22c') }} {{ modules.re.findall('[0-9]+', 'a1b22c') }} {{ modules.re.split(',\\\\s*', 'a, b,c') }}",
    "{{ modules.re.search('(?P<year>\\\\d{4})', 'in 2026').group('year') }}",
    "{{ modules.re.sub('(a)(b)', '\\\\2\\\\1', 'ab') }} {{ modules.re.fullmatch('ab', 'abc') is none }} {{ modules.re.compile('B', modules.re.IGNORECASE).search('abc').start() }}",
    "{{ modules.re.sub('(?i)(?s)a.b', 'x', 'A\nBc') }} {{ modules.re.findall('(?x) (?i) b  # a letter', 'aBb') }}",
    "{{ modules.itertools.product([1, 2], ['a']) | list }}",
    "{{ modules.itertools.chain([1], [2, 3]) | list }}",
    "{{ modules.itertools.combinations([1, 2, 3], 2) | list }} {{ modules.itertools.permutations([1, 2]) | list }}",
    "{{ modules.itertools.combinations_with_replacement([1, 2], 2) | list }}",
    "{{ modules.itertools.accumulate([1, 2, 3]) | list }} {{ modules.itertools.compress('abc', [1, 0, 1]) | list }}",
    "{{ modules.itertools.islice([1, 2, 3, 4, 5], 1, 4, 2) | list }} {{ modules.itertools.islice(modules.itertools.count(3), 2) | list }}",
    "{{ modules.itertools.zip_longest([1, 2], ['a'], fillvalue='-') | list }} {{ modules.itertools.repeat(7, 2) | list }}",
    "{{ modules.itertools.islice(modules.itertools.cycle('ab'), 3) | list }}",
]

# Outside a command dbt has no flags, which its deprecation of itertools asks for.
flags.set_from_args(argparse.Namespace(show_all_deprecations=False, warn_error=False, warn_error_options={}, use_colors=False), {})
env = get_environment()
cases = []
for template in TEMPLATES:
    cases.append({"template": template, "expected": env.from_string(template).render({"modules": get_context_modules()})})
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cases", "context", "modules.json")
with open(path, "w") as file:
    json.dump({"recorded_with": "dbt-core " + dbt.version.__version__, "cases": cases}, file, indent=1, ensure_ascii=False)
    file.write("\n")
print(len(cases))
