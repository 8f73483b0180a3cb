select {{ whose() }} as whose, {{ pkg.whose() }} as theirs, {{ adapter.dispatch('greet', 'pkg')() }} as greeting
