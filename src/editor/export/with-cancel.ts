import * as vscode from 'vscode';

/** Work shorter than this shows no notification. */
const PATIENCE = 800;

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
