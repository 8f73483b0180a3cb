{{ config(merge_clauses=[{'when_matched': []}]) }}
{{ rows() }}
