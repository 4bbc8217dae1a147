import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * What every answer tells the browser (B12.6). Registered before everything that may refuse a request, so that refusals
 * carry it as well. An answer that is no page may load nothing at all; pages replace the policy by one of those below.
 */
export async function registerSafetyHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
  });
  app.addHook('onRequest', async (request, { raw }) => {
    // On the bare answer, because the stream of events is written past Fastify.
    for (const [name, value] of Object.entries(PLAIN_HEADERS)) raw.setHeader(name, value);
    // This host only, and only when it was reached so: of its neighbours Tandem knows nothing.
    if (request.protocol === 'https') {
      raw.setHeader('strict-transport-security', `max-age=${HALF_A_YEAR_SECONDS}`);
    }
  });
}

const HALF_A_YEAR_SECONDS = 180 * 24 * 3600;

const NOTHING = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** All that Tandem asks of a browser is to copy a link or a token. Notifications are not a matter of this header. */
const USED = { 'clipboard-write': 'self' };
const UNUSED = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** Also for the one answer that no hook comes before: to an address that cannot be read. */
export const PLAIN_HEADERS = {
  'content-security-policy': policyOf(NOTHING),
  'permissions-policy': [
    ...Object.entries(USED).map(([feature, who]) => `${feature}=(${who})`),
    ...UNUSED.map((feature) => `${feature}=()`),
  ].join(', '),
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * The web app: files of its own and nothing else, no inline script, no eval. The few style elements that Mantine makes
 * (its colours, the scroll lock behind a dialog) carry the nonce. Style attributes are forbidden in HTML; React sets
 * them through the CSSOM, which the policy leaves alone.
 */
export function appPolicy(nonce: string): string {
  return policyOf({
    ...NOTHING,
    'script-src': "'self'",
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self'",
    'font-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'self'",
    'object-src': "'none'",
  });
}

/** A page of one piece: its own style by its hash, a form to send, and no script. */
export function leafletPolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return policyOf({ ...NOTHING, 'style-src': `'sha256-${hash}'`, 'form-action': "'self'" });
}

function policyOf(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
