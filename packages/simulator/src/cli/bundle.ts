import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildFailure, type BuildOptions, build, type Plugin } from 'esbuild';
import { BULK_LANE } from '../bulk-lane.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { mutate } from '../mutants/mutate.ts';

/** The repository's root: mutants and reports name files from there. */
export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

export interface Bundle {
  readonly file: string;
  remove(): Promise<void>;
}

/**
 * Simulator, sync and engine as one file of plain JavaScript: what runs a thousand times a second should not
 * pass a loader. A mutant changes the product's own text on the way, so that the product needs no switches
 * for tests.
 */
export async function bundle(mutant: Mutant | null): Promise<Bundle> {
  const text = await built({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    sourceRoot: pathToFileURL(ROOT).href,
    outdir: ROOT,
    logLevel: 'silent',
    plugins: [mutations(mutant === null ? [BULK_LANE] : [BULK_LANE, mutant])],
  });
  const folder = await mkdtemp(join(tmpdir(), 'tandem-sim-'));
  const file = join(folder, 'worker.mjs');
  await writeFile(file, text);
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A mutant whose text is gone, or code that does not parse. */
export class BundleError extends Error {
  override name = 'BundleError';
}

/** esbuild's own error is a page; what a person needs are the sentences in it. */
async function built(options: BuildOptions): Promise<string> {
  try {
    const { outputFiles } = await build(options);
    return outputFiles?.[0]?.text ?? '';
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>;
    if (errors === undefined) throw error;
    const where = (file: string | undefined) => (file === undefined ? '' : `${file}: `);
    throw new BundleError(
      errors.map(({ text, location }) => where(location?.file) + text).join('\n'),
    );
  }
}

function mutations(mutants: readonly Mutant[]): Plugin {
  const applied = new Set<string>();
  const wanted = new Set(mutants.flatMap(({ changes }) => changes.map(({ file }) => file)));
  return {
    name: mutants.map(({ name }) => name).join(', '),
    setup(builder) {
      builder.onLoad(
        { filter: /[\\/]packages[\\/](engine|sync)[\\/]src[\\/]/ },
        async ({ path }) => {
          const file = relative(ROOT, path).split(sep).join('/');
          if (!wanted.has(file)) return null;
          applied.add(file);
          const text = await readFile(path, 'utf8');
          const contents = mutants.reduce((before, one) => mutate(one, file, before), text);
          return { contents, loader: 'ts' };
        },
      );
      builder.onEnd(() => {
        const unused = [...wanted].filter((file) => !applied.has(file));
        if (unused.length > 0)
          throw new Error(`Mutants change ${unused.join(', ')}, which is not loaded.`);
      });
    },
  };
}
