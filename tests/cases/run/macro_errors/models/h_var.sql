select {{ var('missing_one') if execute }}
