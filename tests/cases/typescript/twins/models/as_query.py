def model(dbt, session):
    dbt.config(tags=["own"], meta={"owner": "ann", "level": 3})
    orders = dbt.ref("orders")
    return session.sql("select customer_id, sum(amount) as total from orders group by all")
