const NEEDED = [20, 19];

/** Ends with a sentence on a Node that is too old, before anything else fails in a stranger way. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  console.error(`Tandem needs Node ${NEEDED.join('.')} or newer; this is ${version}.`);
  process.exit(1);
}
