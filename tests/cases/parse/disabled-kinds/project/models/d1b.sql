{{ config(enabled=var('x', false)) }} {{ undefined_fn() }}
