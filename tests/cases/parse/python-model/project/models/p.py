def model(dbt, session):
    dbt.config(materialized='table', tags='py')
    # dbt.ref('no')
    limit = dbt.config.get('limit', 1.5)
    dbt.config.get("other")
    dbt.config.meta_get('owner', ['a', {'b': None}])
    return dbt.ref('a').union(dbt.source('s', 't'))
