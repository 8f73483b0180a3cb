select {{ shared_name() }} as own, {{ pkg_a.shared_name() }} as other, {{ concat(["'x'"]) }} as c
