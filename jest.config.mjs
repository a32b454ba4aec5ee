/** Unit tests and end-to-end tests are one project: an end-to-end file starts its own host through tests/support. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/support/esbuild-transform.mjs' },
  extensionsToTreatAsEsm: ['.ts'],
  setupFiles: ['<rootDir>/tests/support/seed.ts'],
  maxWorkers: 2,
  testTimeout: 60_000,
};
