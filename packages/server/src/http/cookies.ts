import type { FastifyReply, FastifyRequest } from 'fastify';

/** Behind a proxy that speaks https a cookie says so; on this machine it cannot. */
export function setCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  cookies: readonly string[],
): void {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  for (const cookie of cookies) reply.header('set-cookie', cookie + secure);
}
