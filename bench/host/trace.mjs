/** What the browser notes of its main threads: tasks with their time, events, frames. */
const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'];

/**
 * Traces a page while something is done.
 * @returns {tasks, keys}: tasks of the page's main thread ({at, milliseconds by the clock, computed of the thread}), in
 *   order; and for each key that went down, {at, painted: milliseconds until its frame was committed, computed: what the
 *   main thread computed until the next key}
 */
export async function traced(page, work) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, recordMode: 'recordAsMuchAsPossible' },
  });
  try {
    await work();
  } finally {
    await session.send('Tracing.end');
    await complete;
    await session.detach();
  }
  return readTrace(events);
}

function readTrace(events) {
  const thread = mainThread(events);
  const own = events.filter(({ pid, tid }) => pid === thread?.pid && tid === thread?.tid);
  const tasks = outermost(
    own
      .filter(({ ph, name }) => ph === 'X' && /RunTask$/.test(name))
      .map(({ ts, dur, tdur }) => ({ at: ts / 1000, milliseconds: dur / 1000, computed: (tdur ?? dur) / 1000 }))
      .sort((a, b) => a.at - b.at || b.milliseconds - a.milliseconds),
  );
  const commits = own.filter(({ name }) => name === 'Commit').map(({ ts, dur = 0 }) => (ts + dur) / 1000);
  commits.sort((a, b) => a - b);
  const pressed = own
    .filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'keydown')
    .map(({ ts }) => ts / 1000)
    .sort((a, b) => a - b);
  const keys = pressed.map((at, i) => {
    const until = pressed[i + 1] ?? at + 150;
    return {
      at,
      painted: commits.find((commit) => commit > at) - at,
      computed: tasks
        .filter((task) => task.at + task.milliseconds >= at && task.at < until)
        .reduce((sum, { computed }) => sum + computed, 0),
    };
  });
  return { tasks, keys };
}

/** Each task is noted by two layers of the browser, one inside of the other. */
function outermost(tasks) {
  let end = -1;
  return tasks.filter(({ at, milliseconds }) => {
    if (at < end) return false;
    end = at + milliseconds;
    return true;
  });
}

/** The one of the workbench: most was computed by it, of all main threads of pages. */
function mainThread(events) {
  const threads = events
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => ({ pid, tid, count: 0 }));
  for (const { pid, tid, dur = 0 } of events) {
    const thread = threads.find((one) => one.pid === pid && one.tid === tid);
    if (thread) thread.count += dur;
  }
  return threads.sort((a, b) => b.count - a.count)[0];
}
