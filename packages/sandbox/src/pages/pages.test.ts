import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hiddenFields, Visit } from '../oauth/web-flow.fixture.ts';
import type { Ctx } from '../org/org.ts';
import type { Sandbox } from '../serve.ts';
import { createSandbox } from '../server.ts';

const LIST = '/lightning/o/Task/list';

describe('the pages of the org', () => {
  let sandbox: Sandbox;
  let visit: Visit;
  let mara: Ctx;
  beforeEach(async () => {
    sandbox = await createSandbox();
    visit = new Visit(sandbox.url);
    await visit.logIn('mara@aldermoor.example');
    const user = sandbox.org.userByName('mara@aldermoor.example');
    mara = { userId: user?.Id ?? '', client: null, source: 'rest' };
  });
  afterEach(async () => sandbox.close());

  const make = (fields: Record<string, unknown>) => {
    const result = sandbox.org.insert('Task', fields, mara);
    return result.ok ? result.id : '';
  };
  const row = (id: string) => sandbox.org.retrieve('Task', id, mara);
  const text = async (path: string) => (await visit.get(path)).text();
  const press = async (id: string, verb: string) =>
    visit.submit(await text(`/lightning/r/Task/${id}/view`), `/lightning/r/Task/${id}/${verb}`, {});

  it('sends a stranger to the login page and back to what was asked', async () => {
    const answer = await new Visit(sandbox.url).get('/lightning/r/Task/00Tbm0000000001AAA/view');
    const login = new URL(answer.headers.get('location') ?? '', sandbox.url);
    expect(login.searchParams.get('startURL')).toBe('/lightning/r/Task/00Tbm0000000001AAA/view');
  });

  it('allows no inline script and escapes what people write', async () => {
    const id = make({ Subject: '<script>alert(1)</script> & "co"' });
    const answer = await visit.get(LIST);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;');
    expect(page.match(/<script(?![^>]*\bsrc=)/)).toBeNull();
    expect(id).toMatch(/^00T/);
  });

  it('lists my open tasks, all, completed and the bin; searches and sorts', async () => {
    make({ Subject: 'Beta call', ActivityDate: '2026-12-02' });
    make({ Subject: 'Alpha 100% quote', ActivityDate: '2026-12-01' });
    make({ Subject: 'Done', Status: 'Completed' });
    sandbox.org.remove('Task', make({ Subject: 'Binned' }), mara);
    const subjects = async (query: string) =>
      [...(await text(`${LIST}?${query}`)).matchAll(/class="subject"[^>]*>([^<]*)</g)].map(
        (m) => m[1],
      );
    expect(await subjects('')).toEqual(['Alpha 100% quote', 'Beta call']);
    expect(await subjects('sort=subject&dir=desc')).toEqual(['Beta call', 'Alpha 100% quote']);
    expect(await subjects('q=100%25')).toEqual(['Alpha 100% quote']);
    expect(await subjects(`q=${encodeURIComponent("' OR Id != '")}`)).toEqual([]);
    expect(await subjects('filterName=completed')).toEqual(['Done']);
    expect(await subjects('filterName=bin')).toEqual(['Binned']);
    expect((await subjects('filterName=all')).length).toBe(3);
    make({ Subject: 'Newest', ActivityDate: '2027-01-01', Status: 'Completed' });
    expect((await subjects('filterName=all'))[0]).toBe('Newest');
    expect(await subjects('filterName=all&sort=subject&dir=asc')).toEqual([
      'Alpha 100% quote',
      'Beta call',
      'Done',
      'Newest',
    ]);
    expect((await subjects('filterName=wrong&sort=__proto__&page=-3')).length).toBe(2);
  });

  it('creates a task as this person, with the choices shown', async () => {
    const page = await text('/lightning/o/Task/new');
    const answer = await visit.submit(page, '/lightning/o/Task/new', {
      Subject: 'Made here',
      ActivityDate: '2026-12-24',
      Status: 'In Progress',
      Priority: 'High',
      Description: 'one\r\ntwo',
    });
    const id = answer.headers.get('location')?.split('/')[4] ?? '';
    expect(row(id)).toMatchObject({
      Subject: 'Made here',
      ActivityDate: '2026-12-24',
      Status: 'In Progress',
      Priority: 'High',
      Description: 'one\ntwo',
      OwnerId: mara.userId,
    });
    expect(await text(`/lightning/r/Task/${id}/view`)).toContain('Task created.');
    expect(await text(`/lightning/r/Task/${id}/view`)).not.toContain('Task created.');
  });

  it('writes only the fields the person changed', async () => {
    const id = make({ Subject: 'Old', Priority: 'Low' });
    const page = await text(`/lightning/r/Task/${id}/edit`);
    sandbox.org.update('Task', id, { Subject: 'By Tandem meanwhile' }, mara);
    await visit.submit(page, `/lightning/r/Task/${id}/edit`, {
      Subject: 'Old',
      Description: 'mine',
    });
    expect(row(id)).toMatchObject({
      Subject: 'By Tandem meanwhile',
      Description: 'mine',
      Priority: 'Low',
    });
  });

  it('shows what the org refuses at the field, and keeps what was typed', async () => {
    const page = await text('/lightning/o/Task/new');
    const long = 'x'.repeat(300);
    const answer = await visit.submit(page, '/lightning/o/Task/new', {
      Subject: long,
      ActivityDate: 'soon',
    });
    expect(answer.status).toBe(422);
    const again = await answer.text();
    expect(again).toMatch(/id="(Subject|ActivityDate)"[^>]*aria-invalid="true"/);
    expect(again).toContain(`value="${long}"`);
    expect(sandbox.org.count('Task')).toBe(0);
    const tooLong = await visit.submit(page, '/lightning/o/Task/new', { Subject: long });
    expect(await tooLong.text()).toMatch(/id="error-Subject">Subject: data value too large/);
  });

  it('completes, reopens, deletes and undeletes', async () => {
    const id = make({ Subject: 'Round trip' });
    await press(id, 'complete');
    expect(row(id)).toMatchObject({ Status: 'Completed', IsClosed: true });
    await press(id, 'reopen');
    expect(row(id)).toMatchObject({ Status: 'Not Started', IsClosed: false });
    await press(id, 'delete');
    expect(row(id)).toBeNull();
    expect(await text(`/lightning/r/Task/${id}/view`)).toContain('in the Recycle Bin');
    await press(id, 'undelete');
    expect(row(id)).not.toBeNull();
  });

  it('changes nothing without the CSRF token of the session', async () => {
    const id = make({ Subject: 'Stay' });
    await visit.post(`/lightning/r/Task/${id}/delete`, {});
    await visit.post(`/lightning/r/Task/${id}/edit`, { Subject: 'Forged', csrf: 'guess' });
    await visit.post('/lightning/o/Task/new', { Subject: 'Forged' });
    expect(row(id)).toMatchObject({ Subject: 'Stay' });
    expect(sandbox.org.count('Task')).toBe(1);
  });

  it('shows nobody a task they may not see, and no way to change one they may only read', async () => {
    const id = make({ Subject: 'Private to Mara' });
    const tomas = new Visit(sandbox.url);
    await tomas.logIn('tomas@aldermoor.example');
    const answer = await tomas.get(`/lightning/r/Task/${id}/view`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('Private to Mara');
    const csrf = hiddenFields(await (await tomas.get(LIST)).text()).csrf ?? '';
    await tomas.post(`/lightning/r/Task/${id}/delete`, { csrf });
    expect(row(id)).not.toBeNull();
  });

  it('opens a task by its short address', async () => {
    const id = make({ Subject: 'Short' });
    for (const asked of [id, id.slice(0, 15)]) {
      const answer = await visit.get(`/${asked}`);
      expect(answer.headers.get('location')).toBe(`/lightning/r/Task/${asked}/view`);
      expect(await text(`/lightning/r/Task/${asked}/view`)).toContain('Short');
    }
  });

  it('tells an open page at once that a task changed', async () => {
    const cookie = (await visit.logIn('mara@aldermoor.example')).headers.get('set-cookie') ?? '';
    const stream = await fetch(`${sandbox.url}/lightning/events`, {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = (await reader?.read())?.value ?? '';
    const id = make({ Subject: 'From another program' });
    while (!heard.includes('event: commit')) heard += (await reader?.read())?.value ?? '';
    expect(heard).toContain(id);
    await reader?.cancel();
  });

  it('logs out', async () => {
    await visit.submit(await text(LIST), '/secur/logout.jsp', {});
    expect((await visit.get(LIST)).status).toBe(303);
  });
});
