export { TestClient, type TestReply } from './client.ts';
export { connectSalesforce } from './connect-salesforce.ts';
export { eventually } from './eventually.ts';
export { routerPaths } from './router-paths.ts';
export { type RunningTandem, startTestServer, type TestServerOptions } from './test-server.ts';
