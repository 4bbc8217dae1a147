export {
  type CallOptions,
  createClient,
  type TandemClient,
  type TandemClientOptions,
} from './client.ts';
export { itemsOf } from './items-of.ts';
export { TandemProblem } from './tandem-problem.ts';
export { signWebhook, verifyWebhook } from './webhook-signature.ts';
