import type { WebhookMessage } from '@tandem/api';
import type { TakenDelivery, TaskEventData } from '@tandem/store';
import { presentTask } from '../api/tasks/present.ts';

/** The body of a message: the same to the letter at every try, because it is made of what was recorded. */
export function messageOf(
  delivery: Pick<TakenDelivery, 'eventId' | 'type' | 'at' | 'data'>,
  workspaceId: string,
): string {
  const { eventId: id, type, at, data } = delivery;
  const said = isTaskEvent(data) ? data : null;
  const message: WebhookMessage = {
    id,
    type,
    at,
    workspaceId,
    origin: said?.origin ?? null,
    actorId: said?.actorId ?? null,
    changed: [...(said?.changed ?? [])],
    task: said === null ? null : presentTask(said.task),
  };
  return JSON.stringify(message);
}

function isTaskEvent(data: TakenDelivery['data']): data is TaskEventData {
  return 'task' in data;
}
