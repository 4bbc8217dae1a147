/** The arrows of docs/ARCHITECTURE.md as rules: each package may import only what is listed for it. */
const may = {
  engine: [],
  salesforce: ['engine'],
  store: ['engine'],
  sync: ['engine'],
  api: [],
  client: ['api'],
  server: ['engine', 'salesforce', 'store', 'sync', 'api', 'client'],
  web: ['api'],
  sandbox: [],
  mailbox: [],
  simulator: ['engine', 'sync'],
};

/** Tests, and the doubles and worlds they share, may reach wherever they have to. */
const TEST_CODE = '\\.test\\.tsx?$|\\.fixture\\.ts$|/(testing|fixtures|test)/|/test-world\\.ts$';

const START = '^packages/server/src/start\\.ts$';

const packageRules = Object.entries(may).map(([name, allowed]) => ({
  name: `${name}-imports-downward`,
  comment: `packages/${name} may import only: ${allowed.join(', ') || 'nothing of Tandem'}`,
  severity: 'error',
  from: {
    path: `^packages/${name}/src`,
    pathNot: TEST_CODE,
  },
  to: { path: `^packages/(?!${[name, ...allowed].join('/|')}/)` },
}));

module.exports = {
  forbidden: [
    ...packageRules.map((rule) =>
      rule.name.startsWith('server-')
        ? { ...rule, from: { ...rule.from, pathNot: `${TEST_CODE}|${START}` } }
        : rule,
    ),
    {
      name: 'start-may-know-the-sandbox-and-the-mailbox',
      comment:
        'The one place of the product that starts a sandbox org and a mailbox, when somebody asked for them.',
      severity: 'error',
      from: { path: START },
      to: { path: `^packages/(?!(server|sandbox|mailbox|${may.server.join('|')})/)` },
    },
    {
      name: 'engine-is-pure',
      comment:
        'The engine imports no package and no Node built-in: no I/O, no clock, no randomness.',
      severity: 'error',
      from: { path: '^packages/engine/src', pathNot: TEST_CODE },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'] },
    },
    {
      name: 'no-cycles',
      comment:
        'Two files that name each other in types only are one idea in two files, and harmless when run.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere here could lead past every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-import-from-tests',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules|/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
