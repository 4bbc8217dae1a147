export { TestClient, type TestReply } from './client.ts';
export { type RunningTandem, startTestServer, type TestServerOptions } from './test-server.ts';
