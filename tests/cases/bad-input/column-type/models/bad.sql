select {{ api.Column('id', 'integer').string_size() }} as size
