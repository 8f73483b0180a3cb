{{ through('python') }}
