{{ config(enabled=false) }} s
