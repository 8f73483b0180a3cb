{{ config(tags=['cfg'], meta={'own': 2}) }} select {{ var('size') }} as s
