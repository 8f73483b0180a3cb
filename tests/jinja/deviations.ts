/** Cases whose error has a better or plainer text than Python's, or none of its internals; the place must be right. */
export const DEVIATING_MESSAGES: ReadonlyMap<string, string> = new Map([
  ['{{ zz | abs }}', 'says that zz is undefined instead of naming the type Undefined'],
  ['{{ zz | round }}', 'says that zz is undefined instead of naming the type Undefined'],
  ["{{ xs | join(',', 'a', 'b') }}", "does not count Jinja's own hidden arguments"],
  ['{% call(x) each(xs) %}{{ x }}{% endcall %}', "names the call block 'caller' instead of None"],
]);
