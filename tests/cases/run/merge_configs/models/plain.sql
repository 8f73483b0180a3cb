{{ config(meta={}) }}
{{ rows() }}
