const LIBRARIES = "/node_modules/(cdktf|constructs|@cdktf|zod|yaml|ip-address|fast-check|typescript)/";

module.exports = {
  testEnvironment: "<rootDir>/__tests__/support/environment.js",
  // on CI too, where jest would leave one core idle.
  maxWorkers: "100%",
  // what takes as long as all the others together: `npm run acceptance`, `npm run fuzz`.
  testPathIgnorePatterns: ["/node_modules/", "/__tests__/acceptance/"],
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform: { "\\.ts$": "@sucrase/jest-plugin", [LIBRARIES]: "<rootDir>/__tests__/support/library.js" },
  transformIgnorePatterns: [`^(?!.*${LIBRARIES}).*/node_modules/`],
  // what a test does takes as long as a busy machine lets it; only what hangs fails.
  testTimeout: 120_000,
};
