/** The same people as in the sandbox org (packages/sandbox/README.md); invented, like their company. */
export const DEMO_WORKSPACE = 'Aldermoor';
export const DEMO_PASSWORD = 'tandem-demo';

export const DEMO_PEOPLE = [
  { name: 'Mara Lindqvist', email: 'mara@aldermoor.example', role: 'admin' },
  { name: 'Tomas Okafor', email: 'tomas@aldermoor.example', role: 'rep' },
  { name: 'Lin Wei', email: 'linwei@aldermoor.example', role: 'rep' },
  { name: 'Priya Raman', email: 'priya@aldermoor.example', role: 'rep' },
] as const;
