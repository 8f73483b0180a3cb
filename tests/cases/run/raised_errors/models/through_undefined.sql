{{ through('undefined') }}
