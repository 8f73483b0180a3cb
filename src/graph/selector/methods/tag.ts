import { fnmatch } from '../fnmatch.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';
import { tagsOf } from '../resources.js';

/** `tag:nightly`: everything with the tag, wildcards allowed. */
export const tag: SelectorMethod = ({ resources }, value) => {
  const pattern = textValue(value, 'tag');
  return idsWhere(resources.all, (resource) => tagsOf(resource).some((name) => fnmatch(name, pattern)));
};
