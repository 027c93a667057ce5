import { openWindow } from './window.mjs';

/** What the extension computes at a stretch in the extension host, whatever a person does. */
export async function measureStretches({ only } = {}) {
  const { ask, close } = await openWindow();
  try {
    const scenarios = [];
    for (const name of (await ask('scenarios')).filter((one) => !only || one.includes(only))) {
      try {
        const [longest] = await ask('stretches', name);
        scenarios.push({ name, ...(longest ?? { all: 0, ours: 0, stack: [] }) });
      } catch (error) {
        scenarios.push({ name, failed: error.message.split('\n')[0] });
      }
    }
    return { scenarios };
  } finally {
    await close();
  }
}
