{{ through('compiler') }}
