import type * as vscode from 'vscode';

/**
 * The first value of an event that fits.
 * @throws when there is none within `limit` milliseconds
 */
export async function next<T>(
  event: vscode.Event<T>,
  fits: (value: T) => boolean = () => true,
  limit = 60_000,
): Promise<T> {
  let subscription: vscode.Disposable | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not done after ${limit} ms: waiting for an event`)), limit);
      subscription = event((value) => {
        if (fits(value)) resolve(value);
      });
    });
  } finally {
    clearTimeout(timer);
    subscription?.dispose();
  }
}
