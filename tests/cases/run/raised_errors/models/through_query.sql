{{ through('query') }}
