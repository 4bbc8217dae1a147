import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWebStack, type WebStack } from './support/web-stack.ts';

/** Settings → Activity details with the keyboard alone: chips, preview on real tasks, errors in place (B5). */

let web: WebStack;
let page: Page;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  await web.mara.call('POST', '/api/v1/tasks', {
    name: 'Freezer test',
    type: 'call',
    callReason: 'Offer',
  });
  await web.mara.call('POST', '/api/v1/tasks', { name: 'Without a reason', type: 'email' });
  const { app } = await web.window({ reducedMotion: 'reduce' });
  page = app.page;
  await app.open('/settings/activity-details');
  await page.getByLabel('Subject in Salesforce').waitFor();
});
afterAll(() => web?.close());

it('B5.1 chips go in by name and out as a whole, and undo brings them back', async () => {
  const field = page.getByLabel('Subject in Salesforce');
  await field.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Insert Type' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => field.inputValue()).toBe('{{activity_type}}');
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.type(': {{Call_Reason}}');
  await page.keyboard.press('Backspace');
  expect(await field.inputValue()).toBe('{{activity_type}}: ');
  await page.keyboard.press('Control+Z');
  expect(await field.inputValue()).toBe('{{activity_type}}: {{Call_Reason}}');
  await page.keyboard.press('Home');
  await page.keyboard.press('Delete');
  expect(await field.inputValue()).toBe(': {{Call_Reason}}');
});

it('B5.3 the preview shows real tasks, and says where a template gives nothing', async () => {
  const field = page.getByLabel('Subject in Salesforce');
  await field.fill('{{call_reason}}');
  const samples = page.getByRole('list').filter({ hasText: 'Task: Freezer test' });
  await samples.getByText('Offer', { exact: true }).waitFor();
  const nothing = samples.getByRole('listitem').filter({ hasText: 'Task: Without a reason' });
  await nothing.getByText('The template gives nothing here, so the name is used.').waitFor();
  await page.getByText('later edits of a task’s name do not reach Salesforce').waitFor();
});

it('B5.2 a mistake is named where it stands, and saving waits for it', async () => {
  const field = page.getByLabel('Subject in Salesforce');
  await field.fill('{{activity_type}}: {{topic}}');
  await page.getByText('Tandem does not know the field “topic”, at character 20.').waitFor();
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await field.fill('{{activity_type}}: {{activity_subject}}');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Saved. Tasks made from now on use it; nothing is rewritten.').waitFor();
  expect(await web.mara.call('GET', '/api/v1/template')).toEqual({
    template: '{{activity_type}}: {{activity_subject}}',
  });
});
