import {
  type Database,
  replaceSealed,
  SEALED_PLACES,
  type SealedPlace,
  type SealedValue,
  sealedByOthers,
} from '@tandem/store';
import { tokensPlace } from './connect/gateway.ts';
import { answerPlace } from './http/idempotency.ts';
import { type Vault, VaultError } from './vault.ts';
import { secretPlace } from './webhooks/secret.ts';

/** What a value is bound to, from the columns of its row. */
const CONTEXTS: Record<SealedPlace, (columns: SealedValue['columns']) => string> = {
  salesforceTokens: (row) => tokensPlace({ userId: row.user_id ?? '', orgId: row.org_id ?? '' }),
  webhookSecrets: (row) => secretPlace(row.webhook_id ?? ''),
  formerWebhookSecrets: (row) => secretPlace(row.webhook_id ?? ''),
  keptAnswers: (row) =>
    answerPlace({ workspaceId: row.workspace_id ?? '', userId: row.user_id ?? '' }, row.key ?? ''),
};

export interface Resealed {
  /** By place, how many values the present key has sealed anew. */
  readonly resealed: Readonly<Record<SealedPlace, number>>;
  /** Made with a key that is neither: nobody can open them, now or before. */
  readonly unreadable: number;
}

const BATCH = 200;

/**
 * Every value that another key sealed is sealed with the present one, one by one, while Tandem runs. Broken
 * off and begun again it goes on with what is left; nothing left to do is done at once.
 */
export async function resealAll(
  db: Database,
  vault: Vault,
  onProgress: (done: number) => void = () => {},
): Promise<Resealed> {
  const resealed: Record<SealedPlace, number> = {
    salesforceTokens: 0,
    webhookSecrets: 0,
    formerWebhookSecrets: 0,
    keptAnswers: 0,
  };
  let unreadable = 0;
  for (const place of Object.keys(SEALED_PLACES) as SealedPlace[]) {
    let position = '';
    for (;;) {
      const values = await sealedByOthers(db, place, vault.keyId, position, BATCH);
      for (const value of values) {
        const context = CONTEXTS[place](value.columns);
        const plain = opened(vault, value.blob, context);
        if (plain === null) unreadable += 1;
        else if (await replaceSealed(db, place, value, vault.seal(plain, context))) {
          resealed[place] += 1;
        }
      }
      onProgress(Object.values(resealed).reduce((sum, count) => sum + count, 0));
      if (values.length < BATCH) break;
      position = values.at(-1)?.position ?? position;
    }
  }
  return { resealed, unreadable };
}

function opened(vault: Vault, blob: Buffer, context: string): string | null {
  try {
    return vault.open(blob, context);
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
