/** One line a step: what is being done, then a tick and the seconds. On a terminal the line is rewritten in place. */
export function createProgress(out = process.stdout) {
  const live = Boolean(out.isTTY);

  function begin(name) {
    if (live) out.write(`  … ${name}`);
    const begun = performance.now();
    return (mark, note) => {
      const seconds = `${((performance.now() - begun) / 1000).toFixed(1)} s`;
      const text = `${mark} ${name}${note ? `: ${note}` : ''}`;
      out.write(`${live ? '\r\u001b[2K' : ''}  ${text}  (${seconds})\n`);
    };
  }

  /** @param work gives back a few words for the line, or nothing */
  async function step(name, work) {
    const end = begin(name);
    try {
      end('✓', await work());
    } catch (error) {
      end('✗');
      throw error;
    }
  }

  return { begin, step };
}
