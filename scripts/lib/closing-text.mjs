/** What a person sees when everything runs: where to go, how to get in, what to click first. */
export function closingText({ url, sandboxUrl, mailboxUrl, demo }) {
  const lines = ['', '  Tandem is ready.', '', `    Open      ${url}`];
  if (demo !== null) {
    lines.push(`    Sign in   ${demo.email}, password ${demo.password}`);
    lines.push('              (or tomas@, linwei@, priya@aldermoor.example, same password)');
  } else lines.push('    Sign in   with your account, or create one on the first page');
  if (sandboxUrl !== null) {
    lines.push(
      '',
      '    First     Settings → Salesforce → Connect. The sandbox org asks who you are:',
      '              mara@aldermoor.example, password sandbox1!',
      '              Then choose “Sync tasks with Salesforce”, press Save and watch the tasks arrive.',
      '',
      `    The org   ${sandboxUrl}  (the same tasks, as Salesforce shows them)`,
    );
  } else lines.push('', '    First     Settings → Salesforce → Connect.');
  if (mailboxUrl !== null)
    lines.push(
      '',
      `    Mail      ${mailboxUrl}  (what Tandem sends is caught here, nothing leaves)`,
    );
  lines.push('', '    Stop      Ctrl-C', '');
  return lines.join('\n');
}
