import type { TemplatePreview } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote } from './remote.ts';

const EXAMPLE = "'{{activity_type}}: {{activity_subject}}'";

/** What becomes of a task's name in Salesforce (B5). */
export function addTemplate(program: Command, cli: Cli): void {
  const template = program
    .command('template')
    .description('The Subject that tasks get in Salesforce (activity detail customization).');
  addRemote(template, cli, {
    name: 'show',
    about: 'The template as it is saved.',
    examples: ['tandem template show'],
    run: async ({ client }) => {
      const saved = await client.getTemplate();
      return { json: saved, lines: [saved.template] };
    },
  });
  addRemote(template, cli, {
    name: 'preview [template]',
    about: 'What a template, or the saved one, makes of the newest tasks; writes nothing.',
    examples: ['tandem template preview', `tandem template preview ${EXAMPLE}`],
    run: async ({ client, args: [given] }) => {
      const body = given === undefined ? await client.getTemplate() : { template: given };
      const preview = await client.previewTemplate({ body });
      const lines = preview.samples.flatMap(sampleLines);
      return { json: preview, lines: lines.length === 0 ? ['There are no tasks yet.'] : lines };
    },
  });
  addRemote(template, cli, {
    name: 'set <template>',
    about: 'Save the template; it rewrites nothing by itself (B5.7); for admins.',
    examples: [`tandem template set ${EXAMPLE}`],
    run: async ({ client, args: [template = ''] }) => {
      const saved = await client.putTemplate({ body: { template } });
      return { json: saved, lines: [`Saved: ${saved.template}`] };
    },
  });
}

function sampleLines({
  name,
  subject,
  length,
  cutFrom,
  isName,
}: TemplatePreview['samples'][number]) {
  const notes = [
    `${length} characters`,
    ...(cutFrom === null ? [] : [`shortened from ${cutFrom}`]),
    ...(isName ? ['the template gave nothing, so this is the name'] : []),
  ];
  return [name, `  → ${subject}  (${notes.join(', ')})`];
}
