{{ config(location='out/semi.csv', options={'delimiter': ';', 'header': false, 'quote': '|'}, csv_read_options={'delim': ';', 'header': false, 'quote': '|', 'names': ['id', 'name', 'day']}) }}
select * from (values (1, 'a', date '2026-01-01'), (2, 'b;"c', date '2026-02-01')) t(id, name, day)
