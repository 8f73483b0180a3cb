def model(dbt, session):
    dbt.config(materialized="incremental", unique_key="id", incremental_strategy="delete+insert")
    orders = dbt.ref("orders")
    if dbt.is_incremental:
        least = dbt.config.get("from_id")
        return session.sql(f"select id, 'again' as what, amount from orders where id >= {least}")
    return session.sql("select id, 'first' as what, amount from orders")
