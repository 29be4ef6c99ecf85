const { readRooms } = require('./read-rooms.cjs');

/** Room → the rooms it may import from; the table itself stands in `specs/architecture.md`. */
const MAY_IMPORT = readRooms();

const rooms = Object.entries(MAY_IMPORT).map(([room, others]) => ({
  name: `${room}-imports-only-from-below`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...others].join('|')})/` },
}));

/** The rules of `specs/architecture.md`, for dependency-cruiser. */
module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-new-room-without-a-line-in-the-table',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/((${Object.keys(MAY_IMPORT).join('|')})/|main\\.ts$)` },
      to: {},
    },
    {
      name: 'main-only-calls-the-cli',
      severity: 'error',
      from: { path: '^src/main\\.ts$' },
      to: { path: '^src/', pathNot: '^src/cli/' },
    },
    {
      name: 'backends-are-strangers',
      severity: 'error',
      from: { path: '^src/storage/([^/]+)/' },
      to: { path: '^src/storage/[^/]+/', pathNot: '^src/storage/$1/' },
    },
    {
      name: 'drivers-stay-in-storage',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: ['node_modules/(@photostructure/sqlite|mongodb)/', '^(node:)?sqlite$'] },
    },
    {
      name: 'express-and-passport-stay-in-http',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/http/' },
      to: { path: 'node_modules/(@types/)?(express|passport|passport-http)/' },
    },
    {
      name: 'figures-stay-in-http',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/http/' },
      to: { path: 'node_modules/prom-client/' },
    },
    {
      name: 'logs-and-traces-stay-in-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: 'node_modules/(pino|@opentelemetry/[^/]+)/' },
    },
    {
      name: 'sub-folders-are-private',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/[^/]+/', pathNot: '^src/$1/' },
    },
    {
      name: 'the-language-of-the-standard-does-no-io',
      severity: 'error',
      from: { path: '^src/(xapi|ledger)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer)$' },
    },
    ...rooms,
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node'],
    },
  },
};
