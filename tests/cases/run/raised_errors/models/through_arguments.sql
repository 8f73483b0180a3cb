{{ through('arguments') }}
