/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/** Types are checked by `tsc`; here they are only stripped. */
const stripTypes = [
  '@swc/jest',
  { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
];

const config: Config = {
  // Half of the suites wait for programs that they have started: one at a time, both cores would idle.
  maxWorkers: 2,
  // A machine that others use too is slow at times.
  testTimeout: 30_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.m?[jt]s$': stripTypes as [string, Record<string, unknown>] },
  // These are published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(?:uuid|jose|@seriousme)/)'],
  reporters: ['default', '<rootDir>/scripts/house/count-reporter.cjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

export default config;
