import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { STYLES } from './layout.ts';
import { registerLiveEvents } from './live-events.ts';
import type { PageParts } from './page-context.ts';
import { registerTaskActions } from './task-actions.ts';
import { registerTaskForms } from './task-forms.ts';
import { registerTaskViews } from './task-views.ts';

/** The org's own pages: what a person sees who works in Salesforce itself. */
export function registerPages(app: FastifyInstance, parts: PageParts): void {
  registerAssets(app);
  registerLiveEvents(app, parts.org);
  registerTaskViews(app, parts);
  registerTaskForms(app, parts);
  registerTaskActions(app, parts);
}

function registerAssets(app: FastifyInstance): void {
  const serve = (file: string, type: string) => {
    const content = readFileSync(new URL(`./assets/${file}`, import.meta.url));
    app.get(`/__sandbox__/assets/${file}`, async (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(content),
    );
  };
  for (const name of STYLES) serve(`${name}.css`, 'text/css; charset=utf-8');
  serve('page.js', 'text/javascript; charset=utf-8');
}
