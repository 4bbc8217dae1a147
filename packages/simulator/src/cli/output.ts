/** Where the command line prints to: the terminal, or a list in a test. */
export interface Output {
  line(text: string): void;
  /** Rewritten in place on a terminal; nothing elsewhere, where it would fill the log. */
  live(text: string): void;
}

/** Often enough to look alive. */
const LIVE_EVERY_MS = 250;

export function terminalOutput(stream: NodeJS.WriteStream): Output {
  let shown = false;
  let shownAt = 0;
  const clear = () => {
    if (shown) stream.write('\r\u001b[2K');
    shown = false;
  };
  return {
    line: (text) => {
      clear();
      stream.write(`${text}\n`);
    },
    live: (text) => {
      if (!stream.isTTY || performance.now() - shownAt < LIVE_EVERY_MS) return;
      clear();
      stream.write(`… ${text}`);
      shown = true;
      shownAt = performance.now();
    },
  };
}
