import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorsDocument } from './errors-document.ts';

writeFileSync(
  fileURLToPath(new URL('../../../../docs/ERRORS.md', import.meta.url)),
  errorsDocument(),
);
