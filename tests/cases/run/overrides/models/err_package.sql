select {{ pkg_a.no_such() if execute else 1 }}
