select {{ nofn(1) }}
