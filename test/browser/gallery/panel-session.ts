import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { mergeBundle } from '../../../scripts/l10n/merge-bundle.mjs';
import type { Drawn, DrawRequest } from '../../../src/contract/picture-request.ts';
import type { Action, ViewState } from '../../../src/contract/view-state.ts';
import type { HostMessage, PanelState } from '../../../src/messages/host-messages.ts';
import { DeltaEncoder } from '../../../src/messages/message-delta.ts';
import { parseWebviewMessage, type WebviewMessage } from '../../../src/messages/webview-messages.ts';
import { nodeFiles } from '../../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import { modelDetails } from '../../../src/model/loading/model-details.ts';
import type { Model } from '../../../src/model/model.ts';
import { viewOf } from '../../../src/run/build-view.ts';
import { run } from '../../../src/run/run-pair.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { Session, type SessionEngine, type StartState } from '../../../src/session/session.ts';
import { bundle, root } from './bundle.ts';
import type { ThemeName } from './themes.ts';

const POLICY =
  "default-src 'none'; script-src 'nonce-n'; style-src http://panel.test 'nonce-n'; img-src http://panel.test blob:";

/** Bytes of the page, which come as text. */
function bytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$bytes' in value)) return value;
  return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'));
}

let model: Promise<Model> | undefined;

/** The bundled checkpoint, read once. */
export function bundledModel(): Promise<Model> {
  model ??= loadModel(nodeFiles(path.join(root, 'models/en-zh')), async () => undefined);
  return model;
}

const START: StartState = { kind: 'cross', unit: 'words', special: 'dim' };

/**
 * The panel in a page, with the extension's part played here: the same session, the same model, the same content security
 * policy; everything that the panel posts is kept in `received`.
 */
export class PanelSession {
  readonly received: WebviewMessage[] = [];
  readonly problems: string[] = [];
  private kept: RunResult | undefined;
  private readonly engine: SessionEngine = {
    run: async (request) => {
      this.kept = await run(
        await bundledModel(),
        request,
        () => undefined,
        async () => undefined,
      );
      return this.kept.summary;
    },
    view: ({ state }) => viewOf(this.kept!, state),
    tiledLine: () => Promise.reject(new Error('These texts are short.')),
    drop: () => undefined,
  };
  private readonly session = new Session<undefined>(this.engine, () => START);
  /** The last view is on its way to the page. */
  private sending: Promise<void> = Promise.resolve();
  /** The next view lies in the page until it is released. */
  private held = false;
  private readonly waiting = new Set<() => void>();
  /** Answers to what the page said, that it has not drawn yet. */
  private readonly answers = new Set<Promise<void>>();
  private readonly sent = new DeltaEncoder();

  private constructor(
    readonly page: Page,
    private readonly language: string,
  ) {
    this.session.onDidChangeView((view) => {
      this.sending = this.post({ type: 'view', view }, this.held);
    });
  }

  static async open(
    browser: Browser,
    options: {
      width: number;
      theme?: ThemeName;
      height?: number;
      page?: 'exploration' | 'comparison';
      language?: string;
    },
  ): Promise<PanelSession> {
    const page = await browser.newPage({ viewport: { width: options.width, height: options.height ?? 1400 } });
    const session = new PanelSession(page, options.language ?? 'en');
    page.on('pageerror', (error) => session.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') session.problems.push(message.text());
    });
    await page.exposeFunction('toHost', (message: string) => session.receive(JSON.parse(message, bytes)));
    await session.serve(options.page ?? 'exploration');
    await page.goto(`http://panel.test/?theme=${options.theme ?? 'dark'}`);
    await session.waitFor((message) => message.type === 'ready');
    return session;
  }

  /** Runs the model on the pair and shows it. */
  async explore(source: string, target?: string, direction?: string): Promise<void> {
    const from = this.received.length;
    await this.session.explore(undefined, { direction }, async () => ({ folder: '', source, target, direction }));
    if (this.session.failure !== undefined) throw this.session.failure;
    await this.sending;
    await this.setState({});
    await this.waitFor((message) => message.type === 'painted', from);
  }

  /** Two states of the pair side by side, on the page of a comparison. */
  async compare(source: string, target: string, left: readonly Action[], right: readonly Action[]): Promise<void> {
    const { engine } = this;
    const summary = await engine.run({ folder: '', source, target });
    const side = async (actions: readonly Action[]) => {
      const session = new Session<undefined>(engine, () => START);
      await session.share(undefined, summary, undefined);
      for (const action of actions) await session.act(action);
      const state = { status: 'ready', run: summary, stale: false, playing: false } as const;
      return { id: 'one', state, view: session.view! };
    };
    const from = this.received.length;
    await this.post({ type: 'compare', left: await side(left), right: await side(right) });
    await this.waitFor((message) => message.type === 'painted', from);
  }

  async act(action: Action): Promise<void> {
    const from = this.received.length;
    await this.session.act(action);
    await this.sending;
    await this.waitFor((message) => message.type === 'painted', from);
  }

  /** The view of another state lies in the page, and is shown when the page is told to release it. */
  async prepare(action: Action): Promise<void> {
    this.held = true;
    await this.session.act(action);
    await this.sending;
    this.held = false;
  }

  async setState(state: Partial<PanelState>): Promise<void> {
    const { run } = this.session;
    await this.post({ type: 'state', state: { status: 'ready', run, stale: false, playing: false, ...state } });
  }

  get view(): ViewState {
    return this.session.state!;
  }

  /** The run that is shown. */
  get run(): RunResult {
    return this.kept!;
  }

  get summary() {
    return this.kept!.summary;
  }

  /** @param held read by the page, not shown yet */
  async post(message: HostMessage, held = false): Promise<void> {
    const text = JSON.stringify(this.sent.encode(message), (_key, value: unknown) =>
      value instanceof Float32Array
        ? { $floats: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') }
        : value,
    );
    await this.page.evaluate(({ text, held }) => window.fromHost(text, held), { text, held });
  }

  /** @returns the first such message at or after `from` in what was received */
  async waitFor(matches: (message: WebviewMessage) => boolean, from = 0): Promise<WebviewMessage> {
    for (;;) {
      const found = this.received.slice(from).find(matches);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** What the page answers to a request of the host's. */
  async draw(request: DrawRequest): Promise<Drawn> {
    const id = `${this.received.length}`;
    const from = this.received.length;
    await this.post({ type: 'draw', id, ...request });
    const answer = await this.waitFor((message) => message.type === 'drawn' && message.id === id, from);
    if (answer.type !== 'drawn') throw new Error('not an answer');
    return answer.result;
  }

  async close(): Promise<void> {
    await Promise.all(this.answers);
    this.session.dispose();
    await this.page.close();
  }

  private receive(raw: unknown): void {
    const message = parseWebviewMessage(raw);
    if (!message) {
      this.problems.push(`not a message of the protocol: ${JSON.stringify(raw)}`);
      return;
    }
    this.received.push(message);
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
    const answer = this.answer(message);
    this.answers.add(answer);
    void answer.finally(() => this.answers.delete(answer));
  }

  private async answer(message: WebviewMessage): Promise<void> {
    if (message.type === 'ready') {
      this.sent.clear();
      const { language } = this;
      const strings = language === 'en' ? {} : mergeBundle(language);
      await this.post({ type: 'init', id: 'gallery', colorMap: 'theme', language, strings });
    }
    if (message.type === 'command' && message.command === 'modelDetails') await this.tellDetails();
    if (message.type === 'act' && this.session.state) await this.act(message.action);
  }

  private async tellDetails(): Promise<void> {
    await this.post({ type: 'model', details: await modelDetails(nodeFiles(this.summary.model.folder)) });
  }

  private async serve(name: string): Promise<void> {
    const { script, style, page } = await bundle();
    const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Attention</title>
      <link rel="stylesheet" href="/webview.css"></head><body data-page="${name}"><script type="module" nonce="n" src="/page.js"></script>
      <script type="module" nonce="n" src="/webview.js"></script></body></html>`;
    const files: Record<string, [string, string]> = {
      '/': ['text/html', html],
      '/webview.css': ['text/css', style],
      '/webview.js': ['text/javascript', script],
      '/page.js': ['text/javascript', page],
    };
    await this.page.route('http://panel.test/**', async (route) => {
      const [type, body] = files[new URL(route.request().url()).pathname] ?? ['text/plain', ''];
      await route.fulfill({
        contentType: `${type}; charset=utf-8`,
        body,
        headers: { 'content-security-policy': POLICY },
      });
    });
  }
}
