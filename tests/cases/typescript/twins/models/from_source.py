def model(dbt, session):
    events = dbt.source("raw", "events")
    return session.sql("select id, upper(name) as name, seen_at from events")
