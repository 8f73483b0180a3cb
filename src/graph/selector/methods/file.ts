import { fnmatch } from '../fnmatch.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

/** `file:orders.sql`, `file:orders`: resources of files of that name, with or without the ending, wildcards allowed. */
export const file: SelectorMethod = ({ resources }, value) => {
  const pattern = textValue(value, 'file');
  return idsWhere(resources.all, (resource) => {
    const name = resource.original_file_path.slice(resource.original_file_path.lastIndexOf('/') + 1);
    const dot = name.lastIndexOf('.');
    const stem = dot > 0 && dot < name.length - 1 ? name.slice(0, dot) : name;
    return fnmatch(name, pattern) || fnmatch(stem, pattern);
  });
};
