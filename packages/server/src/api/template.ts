import { ENDPOINTS } from '@tandem/api';
import { parseTemplate, renderSubject, type TaskContext, templateUsesName } from '@tandem/engine';
import { type Actor, getTemplate, listTasks, putTemplate, type TaskView } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** Enough to see the template with and without its fields filled (B5.1). */
const SAMPLES = 5;

/** The activity detail template (B5). */
export function registerTemplate(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.getTemplate, async ({ actor }) => ({
    template: await getTemplate(db, actor),
  }));

  endpoint(app, ENDPOINTS.putTemplate, async ({ actor, body: { template } }) => {
    refuseMistakes(template);
    await putTemplate(db, actor, template, clock.now());
    return { template };
  });

  endpoint(app, ENDPOINTS.previewTemplate, async ({ actor, body: { template } }) => {
    refuseMistakes(template);
    const samples = await samplesFor(actor);
    return {
      samples: samples.map((task) => {
        const subject = renderSubject(template, task.name, contextOf(task));
        return {
          taskId: task.id,
          name: task.name,
          subject: subject.text,
          length: subject.text.length,
          cutFrom: subject.cutFrom,
          isName: fallsBack(template, task),
        };
      }),
    };
  });

  const samplesFor = async (actor: Actor) => {
    const page = await listTasks(db, actor, { sort: '-createdAt', limit: SAMPLES });
    return page.tasks;
  };
}

/** B5.2: the place is told, because templates are long and braces look alike. */
function refuseMistakes(template: string): void {
  const parsed = parseTemplate(template);
  if (parsed.ok) return;
  const place = `at character ${parsed.at + 1}`;
  const message =
    parsed.mistake === 'unknown_field'
      ? `"${parsed.text}" ${place} is not a dynamic field`
      : `"${parsed.text}" ${place} has no partner`;
  throw new Refusal('invalid_template', `The template has a mistake: ${message}.`, [
    { field: 'template', message },
  ]);
}

/** B5.3: a template without the name gives this task nothing, so another name would show instead. */
function fallsBack(template: string, task: TaskView): boolean {
  if (templateUsesName(template)) return false;
  return renderSubject(template, OTHER_NAME, contextOf(task)).text === OTHER_NAME;
}

/** No field holds this. */
const OTHER_NAME = '\u2060';

function contextOf(task: TaskView): TaskContext {
  return {
    type: task.type,
    campaignName: task.campaign?.name ?? null,
    campaignDay: task.campaign?.day ?? null,
    campaignStep: task.campaign?.step ?? null,
    callOutcome: task.callOutcome,
    callReason: task.callReason,
  };
}
