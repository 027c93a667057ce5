import { writeFileSync } from 'node:fs';
import type * as vscode from 'vscode';

type Body = () => Promise<void> | void;

/** Tests in the order in which they were written down; each starts from what `beforeEach` leaves. */
export class Harness {
  private readonly tests: { readonly name: string; readonly body: Body }[] = [];
  private readonly notes: string[] = [];

  constructor(
    private readonly beforeEach: Body,
    private readonly limit = 180_000,
  ) {}

  test(name: string, body: Body): void {
    this.tests.push({ name, body });
  }

  /** A measured figure, printed with the results. */
  note(text: string): void {
    this.notes.push(text);
    console.log(`    ${text}`);
  }

  /** @throws when a test failed, after all have run */
  async run(): Promise<void> {
    const only = process.env.ATTENTION_TEST_ONLY;
    const failures: string[] = [];
    const selected = this.tests.filter(({ name }) => !only || name.includes(only));
    for (const { name, body } of selected) {
      const started = performance.now();
      try {
        await within(this.limit, name, async () => {
          await this.beforeEach();
          await body();
        });
        console.log(`  ✓ ${name} (${Math.round(performance.now() - started)} ms)`);
      } catch (error) {
        failures.push(name);
        console.log(`  ✗ ${name}\n${error instanceof Error ? error.stack : String(error)}`);
      }
    }
    const report = process.env.ATTENTION_TEST_REPORT;
    const counts = { numPassedTests: selected.length - failures.length, numFailedTests: failures.length };
    if (report) writeFileSync(report, JSON.stringify({ ...counts, failures, notes: this.notes }));
    console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed`);
    if (failures.length) throw new Error(`Failed: ${failures.join('; ')}`);
  }
}

/** @throws when the work takes longer than `limit` milliseconds */
export async function within<T>(limit: number, what: string, work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${limit} ms: ${what}`)), limit);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first value of an event that fits. */
export function next<T>(event: vscode.Event<T>, fits: (value: T) => boolean = () => true, limit = 60_000): Promise<T> {
  let subscription: vscode.Disposable | undefined;
  const happened = new Promise<T>((resolve) => {
    subscription = event((value) => {
      if (fits(value)) resolve(value);
    });
  });
  return within(limit, 'waiting for an event', () => happened).finally(() => subscription?.dispose());
}
