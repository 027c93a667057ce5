import { threadTime } from './thread-time.ts';
import { watchHandlers } from './watch-handlers.ts';
import { watchTouching } from './watch-touching.ts';
import { watchedExtension } from './watched-extension.ts';

interface Extension {
  activate(context: unknown): unknown;
}

/** Stands in for the extension's own entry: loads and activates it with a watch in hand, and leaves what was seen to the tasks. */
export function watched(load: () => Extension): Extension {
  const { touched, handled } = watchedExtension();
  const modules = watchHandlers(handled);
  watchTouching((what) => touched.push(what));
  const began = now();
  const extension = load();
  const loaded = since(began);
  return {
    ...extension,
    activate(context) {
      const called = now();
      const api = extension.activate(context);
      const call = since(called);
      watchedExtension().activation = {
        load: loaded.clock,
        loadComputed: loaded.computed,
        call: call.clock,
        callComputed: call.computed,
        modules: [...modules],
      };
      return api;
    },
  };
}

const now = () => ({ clock: performance.now(), computed: threadTime() });

function since({ clock, computed }: ReturnType<typeof now>) {
  return { clock: performance.now() - clock, computed: threadTime() - computed };
}
