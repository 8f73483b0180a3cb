{{ config(volatility='sometimes') }} a
