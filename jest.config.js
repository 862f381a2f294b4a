module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform: { "\\.ts$": "@sucrase/jest-plugin" },
  // what a test does takes as long as a busy machine lets it; only what hangs fails.
  testTimeout: 120_000,
};
