import type { HostMessage } from '../../src/messages/host-messages.ts';
import { DATA_ID, type StandaloneData } from '../../src/messages/standalone-data.ts';
import { StandaloneHost } from './standalone-host.ts';

// Runs before the panel's own script, in a page that stands alone.
const data = JSON.parse(document.getElementById(DATA_ID)?.textContent ?? '') as StandaloneData;
const host = new StandaloneHost(data, (message: HostMessage) => {
  // The panel comes last into the page, and what is said about it stands below it.
  if (message.type === 'init') document.body.append(...document.querySelectorAll('footer'));
  // Later, as messages of VS Code come: the panel is not called from within its own call.
  queueMicrotask(() => window.dispatchEvent(new MessageEvent('message', { data: message })));
});

Object.assign(window, { acquireVsCodeApi: () => host.api });
