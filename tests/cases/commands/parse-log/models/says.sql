{{ log('at ' ~ ('run' if execute else 'parse'), info=true) }}
{{- print('printed at ' ~ ('run' if execute else 'parse')) }}
{{- log('for the file only') -}}
{{- exceptions.warn('careful') if execute -}}
select 1 as id
