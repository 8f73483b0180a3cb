select {{ outer_undefined() }}
