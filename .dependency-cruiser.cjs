/** The arrows of docs/ARCHITECTURE.md as rules: each package may import only what is listed for it. */
const may = {
  engine: [],
  salesforce: ['engine'],
  store: ['engine'],
  sync: ['engine'],
  api: [],
  server: ['engine', 'salesforce', 'store', 'sync', 'api'],
  web: ['api'],
  sandbox: [],
};

const packageRules = Object.entries(may).map(([name, allowed]) => ({
  name: `${name}-imports-downward`,
  comment: `packages/${name} may import only: ${allowed.join(', ') || 'nothing of Tandem'}`,
  severity: 'error',
  from: {
    path: `^packages/${name}/src`,
    pathNot: '\\.(test|pg\\.test|sim\\.test|e2e\\.test)\\.tsx?$',
  },
  to: { path: `^packages/(?!${[name, ...allowed].join('/|')}/)` },
}));

module.exports = {
  forbidden: [
    ...packageRules,
    {
      name: 'engine-is-pure',
      comment:
        'The engine imports no package and no Node built-in: no I/O, no clock, no randomness.',
      severity: 'error',
      from: { path: '^packages/engine/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
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
