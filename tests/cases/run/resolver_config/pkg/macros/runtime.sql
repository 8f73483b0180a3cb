{# The configuration that dbt's resolvers carry: packages find their own version there. #}
{% macro runtime_config() %}{{ return(builtins.ref.config) }}{% endmacro %}

{% macro own_version() %}{{ return(pkg.runtime_config().dependencies['pkg'].version) }}{% endmacro %}
