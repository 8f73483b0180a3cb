// Node's own `import()`, also where the sources are run by a tool that puts one of its own in its place.
exports.importModule = (url) => import(url);
