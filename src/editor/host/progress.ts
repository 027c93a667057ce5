import * as vscode from 'vscode';

/** A run shorter than this shows its progress in the panel alone; no notification flashes up. */
const PATIENCE = 800;

/**
 * Shows work that takes a while as a notification with Cancel.
 * @returns `report` to be given to the engine, `end` to be called when the work is over
 */
export function notifyIfSlow(
  abort: AbortController,
  title: string,
): { report(done: number, stage: string): void; end(): void } {
  let last: { readonly done: number; readonly stage: string } | undefined;
  let notify: (() => void) | undefined;
  let end: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (view, token) => {
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      notify = () => {
        if (!last) return;
        view.report({ message: stageText(last.stage), increment: Math.max(0, last.done * 100 - shown) });
        shown = Math.max(shown, last.done * 100);
      };
      notify();
      return over;
    });
  }, PATIENCE);
  return {
    report(done, stage) {
      last = { done, stage };
      notify?.();
    },
    end() {
      clearTimeout(timer);
      end();
    },
  };
}

/** Progress of a run, or of a model that is loaded. */
export function runProgress(abort: AbortController): ReturnType<typeof notifyIfSlow> {
  const progress = notifyIfSlow(abort, vscode.l10n.t('Attention'));
  progress.report(0, 'read');
  return progress;
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
  const { end } = notifyIfSlow(abort, title);
  try {
    return await work(abort.signal);
  } finally {
    end();
  }
}
