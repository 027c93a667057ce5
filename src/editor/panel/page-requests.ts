import type * as vscode from 'vscode';
import { ExplorerError } from '../../contract/error.ts';
import type { Drawn, DrawRequest } from '../../contract/picture-request.ts';
import type { HostMessage } from '../../messages/host-messages.ts';
import type { WebviewMessage } from '../../messages/webview-messages.ts';

/** Milliseconds until a page that does not answer is given up; a new page has to start first. */
const LIMIT = 30_000;

interface Panel {
  readonly onDidReceive: vscode.Event<WebviewMessage>;
  readonly onDidClose: vscode.Event<void>;
  post(message: HostMessage): void;
  forget(type: HostMessage['type']): void;
}

/**
 * What the host asks of a panel's page, and its answers. A page that is hidden, or still to come, is asked when it is
 * there: a hidden page is thrown away, so whatever was asked of it before is asked of the next one again.
 */
export class PageRequests {
  private readonly waiting = new Map<string, { ask: () => void; answer: (result: Drawn) => void; gone: () => void }>();

  constructor(private readonly panel: Panel) {
    panel.onDidReceive((message) => {
      if (message.type === 'drawn') this.waiting.get(message.id)?.answer(message.result);
      // A page that was shown again in a hurry says nothing but that it has painted.
      if (message.type === 'ready' || message.type === 'painted') for (const { ask } of this.waiting.values()) ask();
    });
    panel.onDidClose(() => {
      for (const { gone } of this.waiting.values()) gone();
    });
  }

  /** @throws ExplorerError 'export-picture' when the panel is closed or does not answer */
  ask(request: DrawRequest): Promise<Drawn> {
    const id = crypto.randomUUID();
    return new Promise<Drawn>((resolve, reject) => {
      const ask = () => {
        this.panel.post({ type: 'draw', id, ...request });
        // Not for a page that comes later: that is asked anew, as long as somebody waits.
        this.panel.forget('draw');
      };
      const settle = (settled: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        settled();
      };
      const gone = () => settle(() => reject(unanswered()));
      const timer = setTimeout(gone, LIMIT);
      this.waiting.set(id, { ask, gone, answer: (result) => settle(() => resolve(result)) });
      ask();
    });
  }
}

function unanswered(): ExplorerError {
  return new ExplorerError(
    'export-picture',
    'The panel was closed, or did not answer, before the picture was drawn. Show the panel and export again.',
  );
}
