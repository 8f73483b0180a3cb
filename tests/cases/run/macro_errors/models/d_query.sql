select {{ bad_query() }}
