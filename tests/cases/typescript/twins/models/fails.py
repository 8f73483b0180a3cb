def model(dbt, session):
    orders = dbt.ref("orders")
    return session.sql("select no_such_column from orders")
