import { runStack } from './run-stack.mjs';

try {
  await runStack({ webUrl: 'http://127.0.0.1:5173' });
  process.exit(0);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
