import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, Socket } from 'node:net';

/**
 * Stands between one process and PostgreSQL and reads along, so that faults can strike at a point of a
 * transaction that can be named. The product knows nothing of it.
 *
 * The points: `write` the first statement of a transaction that changes something has been answered ·
 * `commit` the end of such a transaction · `lease` a worker takes a connection · `notice` PostgreSQL
 * tells of new work or news. `before`: not passed on yet; `after`: done, and the answer held back;
 * `told`: the answer was passed on.
 */
export type DatabasePoint =
  | 'write.after'
  | 'commit.before'
  | 'commit.after'
  | 'commit.told'
  | 'lease.after'
  | 'notice.before';

/** One line between a process and PostgreSQL. */
export interface DatabaseLine {
  /** Both ends see the connection reset. */
  cut(): void;
  /** Nothing passes any more, and nobody is told: a switch lost power. `cut` ends it. */
  freeze(): void;
}

export interface DatabaseProxy {
  readonly port: number;
  /** Asked at each point; what passes there waits for the answer. */
  at: (point: DatabasePoint, line: DatabaseLine) => Promise<void>;
  /** Told of every statement. */
  heard: (statement: string) => void;
  /** Ends the lines that are frozen. */
  heal(): void;
  close(): Promise<void>;
}

export async function openDatabaseProxy(target: () => number): Promise<DatabaseProxy> {
  const lines = new Set<Line>();
  const server: Server = createServer((client) => {
    const line = new Line(client, target(), proxy);
    lines.add(line);
    client.once('close', () => lines.delete(line));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: DatabaseProxy = {
    port: (server.address() as AddressInfo).port,
    at: async () => {},
    heard: () => {},
    heal() {
      for (const line of lines) if (line.frozen) line.cut();
    },
    async close() {
      for (const line of lines) line.cut();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

class Line implements DatabaseLine {
  frozen = false;
  readonly #client: Socket;
  readonly #upstream = new Socket();
  readonly #proxy: DatabaseProxy;
  /** Set while the answer to a statement of interest is awaited. */
  #pending: 'write' | 'commit' | 'lease' | null = null;
  #inTransaction = false;
  #wrote = false;

  constructor(client: Socket, port: number, proxy: DatabaseProxy) {
    this.#client = client;
    this.#proxy = proxy;
    const [a, b] = [client, this.#upstream];
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => {});
      one.once('close', () => {
        if (!this.frozen) other.destroy();
      });
    }
    this.#upstream.connect(port, '127.0.0.1');
    void this.#forward().catch(() => this.#end());
    void this.#answer().catch(() => this.#end());
  }

  cut(): void {
    this.frozen = false;
    for (const socket of [this.#client, this.#upstream]) socket.resetAndDestroy();
  }

  freeze(): void {
    this.frozen = true;
  }

  #end(): void {
    if (this.frozen) return;
    this.#client.destroy();
    this.#upstream.destroy();
  }

  async #forward(): Promise<void> {
    const messages = new Messages();
    for await (const chunk of this.#client) {
      for (const message of messages.push(chunk as Buffer)) {
        const statement = statementOf(message);
        const point = statement === null ? null : this.#follow(statement);
        if (point === 'commit') await this.#proxy.at('commit.before', this);
        if (this.frozen || this.#client.destroyed) return;
        this.#pending = point ?? this.#pending;
        this.#upstream.write(message);
      }
    }
    this.#end();
  }

  async #answer(): Promise<void> {
    for await (const chunk of this.#upstream) {
      const point = this.#pending;
      this.#pending = null;
      if (point !== null) await this.#proxy.at(`${point}.after`, this);
      else if (isNotice(chunk as Buffer)) await this.#proxy.at('notice.before', this);
      if (this.frozen || this.#client.destroyed) return;
      this.#client.write(chunk as Buffer);
      if (point === 'commit') await this.#proxy.at('commit.told', this);
    }
    this.#end();
  }

  #follow(statement: string): 'write' | 'commit' | 'lease' | null {
    this.#proxy.heard(statement);
    if (/^\s*(begin|start transaction)/i.test(statement)) {
      this.#inTransaction = true;
      this.#wrote = false;
      return null;
    }
    if (/^\s*(commit|rollback)/i.test(statement)) {
      const wrote = this.#wrote && /^\s*commit/i.test(statement);
      this.#inTransaction = false;
      this.#wrote = false;
      return wrote ? 'commit' : null;
    }
    if (statement.includes('lease_token = c.lease_token + 1')) return 'lease';
    if (!this.#inTransaction || this.#wrote || !/\b(insert|update|delete)\b/i.test(statement)) {
      return null;
    }
    // Locking a row is not writing it.
    if (/^\s*select\b/i.test(statement)) return null;
    this.#wrote = true;
    return 'write';
  }
}

/** Cuts what the client sends into the messages of PostgreSQL's protocol; the first one has no type. */
class Messages {
  #rest: Buffer = Buffer.alloc(0);
  #started = false;

  *push(chunk: Buffer): Generator<Buffer> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const header = this.#started ? 1 : 0;
      if (this.#rest.length < header + 4) return;
      const length = header + this.#rest.readUInt32BE(header);
      if (this.#rest.length < length) return;
      const message = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      this.#started = true;
      yield message;
    }
  }
}

/** Of a Query or Parse message the SQL text; the start-up message begins with its length, never with these. */
function statementOf(message: Buffer): string | null {
  const type = message[0];
  if (type === 0x51) return message.toString('utf8', 5, message.length - 1);
  if (type !== 0x50) return null;
  const name = message.indexOf(0, 5);
  return message.toString('utf8', name + 1, message.indexOf(0, name + 1));
}

function isNotice(chunk: Buffer): boolean {
  return chunk[0] === 0x41 && chunk.length > 5 && chunk.readUInt32BE(1) < chunk.length + 1;
}
