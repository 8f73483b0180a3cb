select {{ outer('deep') }}
