import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { TASKS } from './tasks.ts';

/** Run by VS Code in its extension host in place of tests: does what bench/host/window.mjs asks for, until that hangs up. */
export async function run(): Promise<void> {
  const socket = connect(Number(process.env.ATTENTION_BENCH_PORT), '127.0.0.1');
  socket.on('error', () => {});
  for await (const line of createInterface(socket)) {
    const { id, task, argument } = JSON.parse(line);
    const answer = await Promise.resolve()
      .then(() => TASKS[task](argument as never))
      .then(
        (value) => ({ id, value: value ?? null }),
        (error) => ({ id, error: String(error?.stack ?? error) }),
      );
    socket.write(`${JSON.stringify(answer)}\n`);
  }
}
