/** The seeded simulation of sync: see docs/HACKING.md, `npm run sim`. */
export {};
