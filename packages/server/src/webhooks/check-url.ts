import { invalidField } from '../http/refusal.ts';
import { isPrivateHost } from './private-networks.ts';

/** What can be told of an address before anything is sent. The rest is looked at with every sending. */
export function checkWebhookUrl(text: string, allowPrivate: boolean): void {
  const { protocol, username, password, hostname } = new URL(text);
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) {
    throw invalidField('url', 'must begin with https://');
  }
  if (username !== '' || password !== '') {
    throw invalidField('url', 'must not hold a name or password; messages are signed instead');
  }
  if (!allowPrivate && isPrivateHost(hostname)) {
    throw invalidField(
      'url',
      'leads into a private network; whoever runs Tandem may allow that with TANDEM_WEBHOOK_PRIVATE_NETWORKS=allow',
    );
  }
}
