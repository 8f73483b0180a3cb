-- The alerts of high severity, for whoever reads the build's output. It warns; the alerts themselves are written out at the end of the run.
{{ config(severity='warn') }}

select
    member_id,
    alerted_on,
    explanation
from {{ ref('member_anomaly_alerts') }}
where severity = 'high'
