import { type HostMessage, parseHostMessage } from '../../src/messages/host-messages.ts';
import { DeltaDecoder } from '../../src/messages/message-delta.ts';
import type { WebviewMessage } from '../../src/messages/webview-messages.ts';

interface VsCodeApi {
  postMessage(message: WebviewMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The one transport to the extension; nothing else touches acquireVsCodeApi. */
export class Host {
  private readonly api = acquireVsCodeApi();
  private readonly delta = new DeltaDecoder();

  post(message: WebviewMessage): void {
    this.api.postMessage(message);
  }

  /** Messages that are not shaped as the protocol says are left alone: a page gets others' messages too. */
  listen(listener: (message: HostMessage) => void): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const whole = this.delta.decode(event.data);
      // It says "as before" of something that never came: everything is asked for anew.
      if (whole === undefined && event.data !== undefined) this.post({ type: 'ready' });
      const message = parseHostMessage(whole);
      if (message) listener(message);
    });
  }

  /** Kept by VS Code when the panel is hidden, moved or the window reloaded: what is looked at, never data. */
  remember(state: unknown): void {
    this.api.setState(state);
  }

  recall(): unknown {
    return this.api.getState();
  }
}
