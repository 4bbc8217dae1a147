import { type ChildProcess, fork } from 'node:child_process';
import type { Answer, Job } from './jobs.ts';

/**
 * West of Greenwich with daylight saving: a due date that passes through a clock type on its way loses a day
 * there, while in UTC the mistake would stay unseen.
 */
const TIME_ZONE = 'America/Los_Angeles';

/**
 * A run takes about a millisecond; whoever is silent for so long is caught in a loop. A busy machine can leave a process
 * without a turn for tens of seconds.
 */
const SILENCE_MAX_MS = 120_000;

/**
 * A world is gone within a millisecond: with room for some hundreds of them hardly anything is ever copied, and one
 * thread does that faster than several that wait for each other. A process takes up to three times as much.
 */
const YOUNG_MB = 128;
const MEMORY = [
  `--min-semi-space-size=${YOUNG_MB}`,
  `--max-semi-space-size=${YOUNG_MB}`,
  '--single-threaded-gc',
];

/** The worker did not answer, or died; the seed it had is the finding. */
export class WorkerLost extends Error {
  override name = 'WorkerLost';
}

/** As many processes as asked for, each doing one job at a time. */
export class Pool {
  readonly size: number;
  readonly #file: string;
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();

  constructor(file: string, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** Callers ask for no more at once than there are processes. */
  async do<K extends Job['kind']>(job: Job & { kind: K }): Promise<Answer & { kind: K }> {
    const child = this.#idle.pop() ?? this.#start();
    const answer = await this.#ask(child, job);
    this.#idle.push(child);
    return answer as Answer & { kind: K };
  }

  close(): void {
    for (const child of this.#all) child.kill('SIGKILL');
    this.#all.clear();
  }

  #start(): ChildProcess {
    if (this.#all.size >= this.size) throw new Error('More jobs at once than processes.');
    const child = fork(this.#file, [], {
      execArgv: ['--enable-source-maps', ...MEMORY],
      env: { ...process.env, TZ: TIME_ZONE, NODE_OPTIONS: '' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#all.add(child);
    return child;
  }

  #ask(child: ChildProcess, job: Job): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const lost = (why: string) => {
        settle();
        this.#all.delete(child);
        child.kill('SIGKILL');
        reject(new WorkerLost(why));
      };
      const answered = (answer: Answer) => {
        settle();
        resolve(answer);
      };
      const died = (code: number | null, signal: string | null) =>
        lost(`the process ended with ${signal ?? code}`);
      const failed = (error: Error) => lost(error.message);
      const timer = setTimeout(
        () => lost(`no answer in ${SILENCE_MAX_MS / 1000} s: an endless loop`),
        SILENCE_MAX_MS,
      );
      const settle = () => {
        clearTimeout(timer);
        child.off('message', answered).off('exit', died).off('error', failed);
      };
      child.on('message', answered).on('exit', died).on('error', failed);
      child.send(job, (error) => {
        if (error !== null) failed(error);
      });
    });
  }
}
