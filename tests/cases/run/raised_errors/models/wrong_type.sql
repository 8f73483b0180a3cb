{% if execute %}{{ exceptions.relation_wrong_type(api.Relation.create(schema='s', identifier='i', type='view'), 'table') }}{% endif %}
