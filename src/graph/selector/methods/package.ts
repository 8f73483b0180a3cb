import { fnmatch } from '../fnmatch.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

/** `package:dbt_utils`: everything of a package, wildcards allowed; `this` is the root project. */
export const packageMethod: SelectorMethod = ({ manifest, resources }, value) => {
  const given = textValue(value, 'package');
  const pattern = given === 'this' ? manifest.metadata.project_name : given;
  return idsWhere(resources.all, (resource) => fnmatch(resource.package_name, pattern));
};
