{{ config(merge_update_condition='nosuch > 1') }}
{{ rows() }}
