{% set found = pkg.runtime_config() %}
select '{{ pkg.own_version() }}' as package_version, '{{ found.project_name }} {{ found.version }}' as project,
  '{{ found.dependencies['shop'].project_name }}' as root, '{{ found.target_name }} {{ found.profile_name }}' as target,
  '{{ source.config.project_name }} {{ ref.config.threads }}' as resolvers, '{{ found.model_paths | join(',') }}' as paths,
  '{{ found.dependencies['pkg'].macro_paths | join(',') }}' as package_paths, {{ found.nothing is defined }} as defined_it, '{{ found.vars.vars.unit }} {{ found.vars.to_dict().unit }}' as unit
