import { next } from '../../../test/integration/wait.ts';
import { active, command, open, selectAll } from '../../../test/integration/workbench.ts';
import { PAIR } from './pairs.ts';

/**
 * Milliseconds from the command *Explore* until the panel's page says that this run's picture is painted, a pair of twelve
 * words, again and again; the first one finds neither panel nor model.
 */
export async function exploreTimes({ rounds }: { readonly rounds: number }): Promise<number[]> {
  selectAll(await open(PAIR));
  const { panel } = await active();
  const times: number[] = [];
  for (let i = 0; i <= rounds; i++) {
    const started = performance.now();
    if (i === 0) {
      const runId = String(await command('exploreSelectedPair'));
      if (panel.paintedRun !== runId) {
        await next(panel.onDidReceive, (message) => message.type === 'painted' && message.runId === runId, 60_000);
      }
    } else {
      // The page may still be painting an earlier run: only this one's picture counts.
      const painted = new Set<string>();
      const subscription = panel.onDidReceive((message) => message.type === 'painted' && painted.add(message.runId));
      const runId = String(await command('exploreSelectedPair'));
      if (!painted.has(runId)) await next(panel.onDidReceive, () => painted.has(runId));
      subscription.dispose();
    }
    times.push(performance.now() - started);
  }
  return times;
}
