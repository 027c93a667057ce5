import { type Profiler, Session } from 'node:inspector';
import { OUR_FILES } from './our-files.ts';
import { threadTime } from './thread-time.ts';

/** Microseconds between two samples. */
const INTERVAL = 200;
/** Milliseconds of a turn from which on it is looked into. */
const LONG = 3;
const FRAMES = 6;

export interface Stretch {
  /** Milliseconds that the thread computed without a turn for anything else. */
  readonly all: number;
  /** Those of them with the extension on the stack. */
  readonly ours: number;
  /** The stack of the extension that was seen most in it, innermost first. */
  readonly stack: readonly string[];
}

interface Turn {
  /** Microseconds of the monotonic clock, as the profiler counts. */
  readonly from: number;
  readonly to: number;
  readonly computed: number;
}

const clock = () => Number(process.hrtime.bigint() / 1000n);

/**
 * Watches the turns of the extension host's event loop, in time of its own thread, and takes samples of what runs in them.
 * @returns ends it: the turns that took long, those with most of the extension first
 */
export async function watchStretches(): Promise<() => Promise<Stretch[]>> {
  const session = new Session();
  session.connect();
  await post(session, 'Profiler.enable');
  await post(session, 'Profiler.setSamplingInterval', { interval: INTERVAL });
  await post(session, 'Profiler.start');
  const turns: Turn[] = [];
  let on = true;
  let from = clock();
  let before = threadTime();
  const look = () => {
    const [to, now] = [clock(), threadTime()];
    if (now - before >= LONG) turns.push({ from, to, computed: now - before });
    from = to;
    before = now;
    if (on) setImmediate(look);
  };
  setImmediate(look);
  return async () => {
    on = false;
    const { profile } = (await post(session, 'Profiler.stop')) as { profile: Profiler.Profile };
    session.disconnect();
    return turns.map((turn) => stretchOf(turn, profile)).sort((a, b) => b.ours - a.ours);
  };
}

function post(session: Session, method: string, parameters: object = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    session.post(method, parameters, (error, value) => (error ? reject(error) : resolve(value)));
  });
}

function stretchOf(
  { from, to, computed }: Turn,
  { nodes, samples = [], timeDeltas = [], startTime }: Profiler.Profile,
) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const stacks = new Map<string, number>();
  let [at, inside, ours] = [startTime, 0, 0];
  for (const [i, sample] of samples.entries()) {
    at += timeDeltas[i];
    if (at < from || at > to) continue;
    const frames: string[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const { url, functionName, lineNumber, columnNumber } = byId.get(id)!.callFrame;
      if (OUR_FILES.test(url)) frames.push(`${functionName || '?'} ${lineNumber + 1}:${columnNumber + 1}`);
    }
    inside++;
    if (frames.length === 0) continue;
    ours++;
    const stack = frames.slice(0, FRAMES).join(' < ');
    stacks.set(stack, (stacks.get(stack) ?? 0) + 1);
  }
  const [stack = ''] = [...stacks].sort(([, a], [, b]) => b - a)[0] ?? [];
  return { all: computed, ours: inside ? (computed * ours) / inside : 0, stack: stack ? stack.split(' < ') : [] };
}
