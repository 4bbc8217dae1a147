/** How the picks of one kind of call by one worker are called; put together once, as all worlds say the same. */
export interface CallLabels {
  /** `A transact` */
  readonly there: string;
  /** `A transact reply` */
  readonly back: string;
  /** `A updateTasks arrives` */
  readonly arrives: string;
  /** `A updateTasks ok` */
  readonly ok: string;
  readonly fault: string;
  readonly unknown: string;
}

const labels = new Map<string, Map<string, CallLabels>>();

export function labelsOf(worker: string): (what: string) => CallLabels {
  let known = labels.get(worker);
  if (known === undefined) {
    known = new Map();
    labels.set(worker, known);
  }
  const ofWorker = known;
  return (what) => {
    let one = ofWorker.get(what);
    if (one === undefined) {
      one = made(worker, what);
      ofWorker.set(what, one);
    }
    return one;
  };
}

function made(worker: string, what: string): CallLabels {
  const there = `${worker} ${what}`;
  return {
    there,
    back: `${there} reply`,
    arrives: `${there} arrives`,
    ok: `${there} ok`,
    fault: `${there} fault`,
    unknown: `${there} unknown`,
  };
}
