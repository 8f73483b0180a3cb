{{ through('database') }}
