select {{ (1 + 'a') if execute }}
