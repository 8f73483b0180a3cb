"""What SQLFluff's own picture of dbt lacks: the cross-database macros that the flagship calls, as they come out on DuckDB."""


def type_string():
    return "varchar"


def hash(field):
    return f"md5(cast({field} as varchar))"


def datediff(first_date, second_date, datepart):
    return f"date_diff('{datepart}', {first_date}, {second_date})"


def dateadd(datepart, interval, from_date_or_timestamp):
    return f"date_add({from_date_or_timestamp}, interval ({interval}) {datepart})"


def date_trunc(datepart, date):
    return f"date_trunc('{datepart}', {date})"
