import type { Sandbox } from '@tandem/sandbox';

/** A control of the sandbox org (packages/sandbox/README.md): faults, tokens, clock, recycle bin. */
export async function sandboxControl(sandbox: Sandbox, name: string, body: object): Promise<void> {
  const response = await fetch(`${sandbox.url}/__sandbox__/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`sandbox ${name}: ${response.status} ${await response.text()}`);
}

/** What somebody does in the org's own pages. */
export function asUser(sandbox: Sandbox, username: string) {
  const user = sandbox.org.users().find((one) => one.Username === username);
  if (user === undefined) throw new Error(`Nobody in the org is ${username}.`);
  return { userId: user.Id, client: null, source: 'ui' } as const;
}
