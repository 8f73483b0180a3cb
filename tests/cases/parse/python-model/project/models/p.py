def model(dbt, session):
    dbt.config(materialized='table', tags='py')
    # dbt.ref('no')
    return dbt.ref('a').union(dbt.source('s', 't'))
