import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a person sees and presses, by the names a screen reader says. Waits are for what appears, never for time. */

/** Covers the slowest honest wait: a poll interval and a page. */
const PATIENCE_MS = 30_000;
const PRESSES_MAX = 5;

export class AppPages {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.getByRole('heading', { name: 'Command Center' }).waitFor();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.#url).href);
  }

  async addTask(name: string): Promise<void> {
    await this.addButton.waitFor();
    await this.page.keyboard.press('c');
    await this.page.getByLabel('Name of the new task').fill(name);
    await this.page.keyboard.press('Enter');
    await this.row(name).waitFor();
    await this.page.keyboard.press('Escape');
  }

  /** The one of the heading: an empty list offers it a second time as soon as it is there. */
  get addButton(): Locator {
    return this.page.getByRole('button', { name: 'Add task' }).first();
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  async inStep(name: string): Promise<void> {
    await this.row(name)
      .getByText(/^In step/)
      .waitFor({ state: 'attached' });
  }

  /**
   * Presses the row until the panel is open: a change that arrives between press and release moves the row
   * away under the pointer, and a person presses again.
   */
  async openTask(name: string): Promise<Locator> {
    const panel = this.page.getByRole('complementary', { name: 'Task' });
    const details = panel.getByLabel('Details');
    for (let presses = 0; presses < PRESSES_MAX; presses += 1) {
      await this.row(name).click();
      const opened = details.waitFor({ timeout: PATIENCE_MS / PRESSES_MAX });
      if (
        await opened.then(
          () => true,
          () => false,
        )
      )
        return panel;
    }
    throw new Error(`The panel of “${name}” did not open.`);
  }

  /** Types into a field of the open panel and waits until it is saved. */
  async edit(panel: Locator, label: string, text: string): Promise<void> {
    const saved = this.page.waitForResponse(
      (reply) => reply.request().method() === 'PATCH' && reply.url().includes('/api/v1/tasks/'),
    );
    await panel.getByLabel(label, { exact: true }).fill(text);
    await panel.getByLabel(label, { exact: true }).blur();
    expect((await saved).status()).toBe(200);
  }

  /** "Look now": saves the test from waiting for the next poll. */
  async lookNow(): Promise<void> {
    const status = await this.page.evaluate(async () => {
      const reply = await fetch('/api/v1/sync/now', { method: 'POST' });
      return reply.status;
    });
    expect(status).toBeLessThan(300);
  }
}

export class SalesforcePages {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  static async open(context: BrowserContext, url: string): Promise<SalesforcePages> {
    const pages = new SalesforcePages(await context.newPage(), url);
    await pages.list('all');
    return pages;
  }

  async list(view: 'open' | 'all' | 'completed' | 'bin'): Promise<void> {
    await this.page.goto(`${this.#url}/lightning/o/Task/list?filterName=${view}`);
  }

  /** The task's own page, found through the list's search. */
  async find(subject: string, view: 'all' | 'bin' = 'all'): Promise<void> {
    await this.list(view);
    await this.page.getByLabel('Search tasks').fill(subject);
    await this.page.getByRole('button', { name: 'Search' }).click();
    await this.page.getByRole('link', { name: subject, exact: true }).click();
  }

  /** What the record page shows beside a label. */
  value(label: string): Locator {
    return this.page
      .locator('dl > div')
      .filter({ has: this.page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
      .locator('dd');
  }

  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) {
      const control = this.page.getByLabel(label, { exact: true });
      const isChoice = (await control.evaluate((element) => element.tagName)) === 'SELECT';
      if (isChoice) await control.selectOption(text);
      else await control.fill(text);
    }
    await this.page.getByRole('button', { name: 'Save' }).click();
    await this.page.getByRole('link', { name: 'Edit' }).waitFor();
  }

  async create(fields: Readonly<Record<string, string>>): Promise<void> {
    await this.page.goto(`${this.#url}/lightning/o/Task/new`);
    await this.fill(fields);
  }

  async edit(fields: Readonly<Record<string, string>>): Promise<void> {
    await this.page.getByRole('link', { name: 'Edit' }).click();
    await this.fill(fields);
  }

  async press(name: 'Mark Complete' | 'Reopen' | 'Delete' | 'Undelete'): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }
}
