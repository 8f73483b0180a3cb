{# What the cases are about: relations and columns, some of them with names that need quotes. #}
{% macro fixtures() %}
  {% do return({
    'table': api.Relation.create(database='db', schema='main', identifier='people', type='table'),
    'view': api.Relation.create(database='db', schema='side', identifier='grown', type='view'),
    'odd': api.Relation.create(database='db', schema='side', identifier='odd "table"', type='table'),
    'absent': api.Relation.create(database='db', schema='main', identifier='absent', type='table'),
    'untyped': api.Relation.create(database='db', schema='main', identifier='people'),
    'materialized': api.Relation.create(database='db', schema='main', identifier='mv', type='materialized_view'),
    'external': api.Relation.create(database='db', schema='main', identifier='ext', type='external'),
    'indexed': api.Relation.create(database='db', schema='main', identifier='indexed', type='table'),
    'parent': api.Relation.create(database='db', schema='main', identifier='parent', type='table'),
    'child': api.Relation.create(database='db', schema='main', identifier='child', type='table'),
    'changed': api.Relation.create(database='db', schema='main', identifier='changed', type='table'),
    'schema': api.Relation.create(database='db', schema='made'),
    'columns': [api.Column('id', 'integer'), api.Column('name', 'varchar'), api.Column('Odd Name', 'character varying', 12), api.Column('amount', 'decimal', none, 10, 2)],
    'other_columns': [api.Column('id', 'bigint'), api.Column('name', 'varchar'), api.Column('late', 'date')]
  }) %}
{% endmacro %}

{# Keeps what a macro was given, for cases of macros that take a macro. #}
{% macro spied_dcl(relation, privilege, grantees) %}{% do return([relation.render(), privilege, grantees]) %}{% endmacro %}
