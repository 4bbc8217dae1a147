import type { AppTask } from './app-tasks.ts';
import type { WebStack } from './web-stack.ts';

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/**
 * Tasks of Mara's, made at once, that Salesforce refuses one by one when the next turn sends them: HTTP 200, and an
 * error in each row's place. Which task meets which refusal is as the rows come.
 */
export async function refusedTasks(
  { stack, mara }: WebStack,
  turn: () => Promise<unknown>,
  mark: string,
  refusals: readonly Refusal[],
): Promise<readonly AppTask[]> {
  await stack.control('POST', 'faults', {
    kind: 'status',
    status: 200,
    match: { method: 'POST', path: '/composite/sobjects', bodyContains: mark },
    body: refusals.map(({ code, message }) => ({
      success: false,
      errors: [{ statusCode: code, message, fields: [] }],
    })),
  });
  const csv = ['name', ...refusals.map((_, index) => `${mark} ${index + 1}`)].join('\r\n');
  await mara.call('POST', '/api/v1/tasks/import', { csv });
  await turn();
  const query = `/api/v1/tasks?view=all&limit=500&text=${encodeURIComponent(mark)}`;
  return (await mara.call<{ tasks: AppTask[] }>('GET', query)).tasks;
}
