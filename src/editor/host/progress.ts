import * as vscode from 'vscode';

/** A run shorter than this shows its progress in the panel alone; no notification flashes up. */
const PATIENCE = 800;

/**
 * Shows a long run as a notification with Cancel.
 * @returns `report` to be given to the engine, `end` to be called when the run is over
 */
export function runProgress(
  abort: AbortController,
  also: (done: number, stage: string) => void,
): { report(done: number, stage: string): void; end(): void } {
  let last = { done: 0, stage: 'read' };
  let notify: (() => void) | undefined;
  let finish: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const timer = setTimeout(() => {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress(
      { location, title: vscode.l10n.t('Attention'), cancellable: true },
      (view, token) => {
        token.onCancellationRequested(() => abort.abort());
        let shown = 0;
        notify = () => {
          view.report({ message: stageText(last.stage), increment: Math.max(0, last.done * 100 - shown) });
          shown = Math.max(shown, last.done * 100);
        };
        notify();
        return over;
      },
    );
  }, PATIENCE);
  return {
    report(done, stage) {
      last = { done, stage };
      notify?.();
      also(done, stage);
    },
    end() {
      clearTimeout(timer);
      finish();
    },
  };
}

function stageText(stage: string): string {
  switch (stage) {
    case 'read':
      return vscode.l10n.t('Reading the model…');
    case 'tokenize':
      return vscode.l10n.t('Cutting the text into tokens…');
    case 'encode':
      return vscode.l10n.t('Encoding the source…');
    case 'decode':
      return vscode.l10n.t('Decoding the target…');
    default:
      return vscode.l10n.t('Measuring…');
  }
}

/** Does work that may take a while: then a notification says so, and lets the person cancel it. */
export async function withCancel<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const over = work(abort.signal);
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (_, token) => {
      token.onCancellationRequested(() => abort.abort());
      return over.then(
        () => undefined,
        () => undefined,
      );
    });
  }, PATIENCE);
  try {
    return await over;
  } finally {
    clearTimeout(timer);
  }
}
