module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "\\.ts$": "@sucrase/jest-plugin" },
};
