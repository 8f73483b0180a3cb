select {{ pkg_a.not_there_yet() if execute else 1 }}
