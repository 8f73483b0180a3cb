select {{ pkg.refused() }} 1 as id
