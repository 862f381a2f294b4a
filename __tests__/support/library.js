// what jest takes for the text of a library's module: environment.js says why.
module.exports = {
  process: (_, path) => ({ code: `module.exports = requireOnce(${JSON.stringify(path)});` }),
  getCacheKey: (_, path) => path,
};
