select {{ (nothing.at_all) if execute }}
