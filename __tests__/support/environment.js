// Jest reads and compiles every module anew for every test file, and cdktf with its providers takes longer to load than most
// files take to test. Here libraries are loaded once for all files of a worker: the environment hands each file the
// worker's own `require`, and `library.js` makes a library's module that one call.
const { TestEnvironment } = require("jest-environment-node");
const { dirname, join } = require("node:path");

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.requireOnce = require;
    // where each token was made is asked by no test, and takes longer to find than the token to make.
    const traces = require(join(dirname(require.resolve("cdktf")), "tokens", "private", "stack-trace"));
    traces.captureStackTrace = () => [];
  }
};
