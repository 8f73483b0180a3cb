{% macro m() %}
x