{{ config(enabled=false) }} a + b
