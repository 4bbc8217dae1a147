import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { ConfigError, type Environment } from './config-error.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tandem-config-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const refusal = (env: Environment): ConfigError => {
  try {
    readConfig({ TANDEM_DATA_DIR: dataDir, ...env }).secretKey();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
};

describe('configuration', () => {
  test('needs nothing: every variable has a default that runs on one machine', () => {
    const config = readConfig({});
    expect(config.port).toBe(3000);
    expect(config.sandboxPort).toBe(3001);
    expect(config.databaseUrl).toBeNull();
    expect(config.mail).toBeNull();
    expect(config.metricsToken).toBeNull();
    expect(config.mailbox).toEqual({ port: 3002, isChosen: false });
    expect(config.salesforce).toEqual({
      clientId: 'tandem-local',
      clientSecret: 'tandem-local-secret',
      loginUrl: 'http://127.0.0.1:3001',
    });
  });

  test('B12.1 a token for /metrics is one, and a bad one is never repeated', () => {
    const name = 'TANDEM_METRICS_TOKEN';
    const good = 'x'.repeat(16);
    expect(readConfig({ [name]: good }).metricsToken).toBe(good);
    for (const bad of ['x'.repeat(15), `${'x'.repeat(16)} y`, 'ü'.repeat(16)]) {
      const { variable, message } = refusal({ [name]: bad });
      expect(variable).toBe(name);
      expect(message).toContain('at least 16');
      expect(message).not.toContain(bad);
    }
  });

  test('B8.2 change events come from where the org is, or from nowhere', () => {
    const at = (env: Environment) => readConfig(env).events?.endpoint ?? null;
    expect(at({})).toBe('localhost:3003');
    expect(at({ TANDEM_SANDBOX_PORT: '4000' })).toBe('localhost:4002');
    expect(at({ TANDEM_SANDBOX_EVENTS_PORT: 'off' })).toBeNull();
    expect(at({ TANDEM_SALESFORCE_EVENTS: 'off' })).toBeNull();
    const real = { TANDEM_SALESFORCE_CLIENT_ID: 'a', TANDEM_SALESFORCE_CLIENT_SECRET: 'b' };
    expect(at(real)).toBe('api.pubsub.salesforce.com:7443');
    expect(at({ ...real, TANDEM_SALESFORCE_EVENTS: 'proxy.example:443' })).toBe(
      'proxy.example:443',
    );
    expect(at({ TANDEM_SALESFORCE_LOGIN_URL: 'http://127.0.0.1:9' })).toBeNull();
  });

  test.each([
    [{ TANDEM_PORT: 'abc' }, 'TANDEM_PORT', '"abc"'],
    [{ TANDEM_PORT: '70000' }, 'TANDEM_PORT', '"70000"'],
    [{ TANDEM_PORT: '-1' }, 'TANDEM_PORT', '"-1"'],
    [{ TANDEM_PORT: '3e3' }, 'TANDEM_PORT', '"3e3"'],
    [{ TANDEM_SANDBOX_PORT: 'on' }, 'TANDEM_SANDBOX_PORT', 'or "off"'],
    [{ TANDEM_PORT: '3005', TANDEM_SANDBOX_PORT: '3005' }, 'TANDEM_SANDBOX_PORT', '3005'],
    [{ TANDEM_DATABASE_URL: 'nowhere' }, 'TANDEM_DATABASE_URL', 'postgres://'],
    [{ TANDEM_DATABASE_URL: 'mysql://h/d' }, 'TANDEM_DATABASE_URL', '"mysql:"'],
    [{ TANDEM_SECRET_KEY: 'short' }, 'TANDEM_SECRET_KEY', '5 characters'],
    [{ TANDEM_SANDBOX_EVENTS_PORT: 'on' }, 'TANDEM_SANDBOX_EVENTS_PORT', 'or "off"'],
    [{ TANDEM_SALESFORCE_EVENTS: 'https://x' }, 'TANDEM_SALESFORCE_EVENTS', 'host:port'],
    [{ TANDEM_SALESFORCE_EVENTS_CA: '/no/such' }, 'TANDEM_SALESFORCE_EVENTS_CA', 'not there'],
    [{ TANDEM_MAILBOX_PORT: 'on' }, 'TANDEM_MAILBOX_PORT', 'or "off"'],
    [{ TANDEM_SMTP_URL: 'mail.example.com' }, 'TANDEM_SMTP_URL', 'smtp://'],
    [{ TANDEM_SMTP_URL: 'https://mail.example.com' }, 'TANDEM_SMTP_URL', '"https:"'],
    [{ TANDEM_SMTP_URL: 'smtps://mail.example.com' }, 'TANDEM_MAIL_FROM', 'both or neither'],
    [{ TANDEM_MAIL_FROM: 'tandem@example.com' }, 'TANDEM_SMTP_URL', 'both or neither'],
    [{ TANDEM_MAIL_FROM: 'tandem' }, 'TANDEM_MAIL_FROM', 'must look like'],
    [{ TANDEM_PUBLIC_URL: 'tandem.example' }, 'TANDEM_PUBLIC_URL', 'https://'],
    [{ TANDEM_SALESFORCE_LOGIN_URL: 'ftp://x' }, 'TANDEM_SALESFORCE_LOGIN_URL', 'https://'],
    [{ TANDEM_SALESFORCE_LOGIN_URL: 'login' }, 'TANDEM_SALESFORCE_LOGIN_URL', 'https://'],
    [{ TANDEM_SALESFORCE_CLIENT_ID: 'a' }, 'TANDEM_SALESFORCE_CLIENT_SECRET', 'both or neither'],
    [{ TANDEM_SALESFORCE_CLIENT_SECRET: 'a' }, 'TANDEM_SALESFORCE_CLIENT_ID', 'both or neither'],
  ])('refuses %j in one sentence that names %s', (env, variable, expected) => {
    const error = refusal(env);
    expect(error.variable).toBe(variable);
    expect(error.message).toContain(variable);
    expect(error.message).toContain(expected);
    expect(error.message.endsWith('.')).toBe(true);
    expect(error.message).not.toContain('\n');
  });

  test('never repeats a secret', () => {
    expect(refusal({ TANDEM_SECRET_KEY: 'hunter2' }).message).not.toContain('hunter2');
    expect(refusal({ TANDEM_DATABASE_URL: 'mysql://u:hunter2@h/d' }).message).not.toContain(
      'hunter2',
    );
  });

  test('a connected app of one’s own signs in at Salesforce, not at the sandbox', () => {
    const { salesforce } = readConfig({
      TANDEM_SALESFORCE_CLIENT_ID: 'id',
      TANDEM_SALESFORCE_CLIENT_SECRET: 'secret',
    });
    expect(salesforce.loginUrl).toBe('https://login.salesforce.com');
  });

  test('mail needs a server and a sender; links in it carry no slash twice', () => {
    const config = readConfig({
      TANDEM_SMTP_URL: 'smtps://user:secret@mail.example.com',
      TANDEM_MAIL_FROM: 'Tandem <tandem@example.com>',
      TANDEM_PUBLIC_URL: 'https://tandem.example.com/',
      TANDEM_MAILBOX_PORT: 'off',
    });
    expect(config.mail?.from).toBe('Tandem <tandem@example.com>');
    expect(config.publicUrl).toBe('https://tandem.example.com');
    expect(config.mailbox).toBeNull();
  });

  test('"off" starts no sandbox', () => {
    expect(readConfig({ TANDEM_SANDBOX_PORT: 'off' }).sandboxPort).toBeNull();
  });
});

describe('the kept secret key', () => {
  test('is made once, readable by its owner only, and found again', () => {
    const first = readConfig({ TANDEM_DATA_DIR: dataDir }).secretKey();
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
    expect(readConfig({ TANDEM_DATA_DIR: dataDir }).secretKey()).toBe(first);
  });

  test('that is damaged is refused, not replaced: what it encrypted would be lost', () => {
    const path = join(dataDir, 'secret-key');
    writeFileSync(path, 'oops');
    expect(refusal({}).variable).toBe('TANDEM_SECRET_KEY');
    expect(readFileSync(path, 'utf8')).toBe('oops');
  });
});
