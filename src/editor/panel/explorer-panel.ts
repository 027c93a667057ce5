import * as vscode from 'vscode';
import { yieldToEventLoop } from '../../base/scheduling.ts';
import type { Drawn, DrawRequest } from '../../contract/picture-request.ts';
import type { HostMessage } from '../../messages/host-messages.ts';
import { DeltaEncoder } from '../../messages/message-delta.ts';
import type { WebviewMessage } from '../../messages/webview-messages.ts';
import type { PanelWindow } from '../explorations/exploration.ts';
import { log } from '../host/errors.ts';
import { PageRequests } from './page-requests.ts';

export const PANEL_TYPE = 'attentionExplorer.panel';
export const COMPARISON_TYPE = 'attentionExplorer.comparison';
/** The schemas are made when there is first a page. */
const loadChecks = () => import('./page-messages.ts');

const TYPE_OF = { exploration: PANEL_TYPE, comparison: COMPARISON_TYPE };

/**
 * The webview of one exploration, beside the editor. It holds no data: a hidden or moved panel is a new page that says `ready` and is then
 * sent the latest of every kind of message again.
 */
export class ExplorationPanel implements PanelWindow {
  private panel: vscode.WebviewPanel | undefined;
  private ready = false;
  /** The panel's page has been there before. */
  private loaded = false;
  /** The page has said `ready` since it was last shown, so that what is sent now is surely seen. */
  private confirmed = false;
  /** The latest message of each type; sent again to a page that comes anew. */
  private readonly latest = new Map<HostMessage['type'], HostMessage>();
  /** What the page keeps of what it was sent. */
  private readonly sent = new DeltaEncoder();
  private readonly received = new vscode.EventEmitter<WebviewMessage>();
  private readonly closed = new vscode.EventEmitter<void>();
  private readonly activated = new vscode.EventEmitter<void>();
  /** Run whose picture stands in the page. */
  paintedRun: string | undefined;
  private title = vscode.l10n.t('Attention');

  /** A message of the page that keeps to the protocol. */
  readonly onDidReceive = this.received.event;
  readonly onDidClose = this.closed.event;
  readonly onDidActivate = this.activated.event;
  private readonly requests = new PageRequests(this);

  /** @param page which page the script shows: one exploration, or two compared */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly page: 'exploration' | 'comparison' = 'exploration',
  ) {}

  get visible(): boolean {
    return this.panel?.visible ?? false;
  }

  get open(): boolean {
    return this.panel !== undefined;
  }

  get column(): vscode.ViewColumn | undefined {
    return this.panel?.viewColumn;
  }

  setTitle(title: string): void {
    this.title = title;
    if (this.panel) this.panel.title = title;
  }

  /** Shows the panel where the person has put it, else in the given group, else beside the editor. */
  show(preserveFocus: boolean, column: vscode.ViewColumn = vscode.ViewColumn.Beside): void {
    if (this.panel) {
      if (!this.panel.visible || !preserveFocus) this.panel.reveal(undefined, preserveFocus);
      return;
    }
    const place = { viewColumn: column, preserveFocus };
    this.adopt(vscode.window.createWebviewPanel(TYPE_OF[this.page], this.title, place, this.options()));
  }

  /** Takes over a panel, new or brought back by VS Code after the window was reloaded. */
  adopt(panel: vscode.WebviewPanel): void {
    if (this.panel && this.panel !== panel) this.panel.dispose();
    this.panel = panel;
    this.ready = this.loaded = this.confirmed = false;
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.extensionUri, 'media', 'panel-light.svg'),
      dark: vscode.Uri.joinPath(this.extensionUri, 'media', 'panel-dark.svg'),
    };
    panel.webview.options = this.options();
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (this.panel === panel) void this.receive(message, panel);
    });
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away, and what comes back says `ready` anew. But VS Code may hide and show a panel so
      // fast that the page stays and never says it again: it is sent what it missed. A page still loading loses that.
      const back = panel.visible && !this.ready && this.loaded;
      if (panel.active) this.activated.fire();
      if (!panel.visible) this.ready = this.confirmed = false;
      if (!back) return;
      this.ready = true;
      this.replay();
    });
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.ready = false;
      this.closed.fire();
      // Last, or a listener that comes after would not hear of it.
      this.dispose();
    });
    // While the page loads, so that its first message finds them.
    void yieldToEventLoop().then(loadChecks);
    panel.webview.html = panelHtml(
      panel.webview,
      this.extensionUri,
      crypto.randomUUID().replaceAll('-', ''),
      this.page,
    );
  }

  /** Sends a message, or keeps it for the page that comes next; of each type only the latest counts. */
  post(message: HostMessage): void {
    if (message.type !== 'reveal' || !this.confirmed) this.latest.set(message.type, message);
    if (this.ready) this.send(message);
  }

  /** Sends a message to the page that is there; one that comes next does not get it. */
  tell(message: HostMessage): void {
    if (this.ready) this.send(message);
  }

  /** Has its page draw something; one that is hidden has to be shown for it. */
  draw(request: DrawRequest): Promise<Drawn> {
    return this.requests.ask(request);
  }

  /** Forgets messages of one type, so that a page that comes next does not get them. */
  forget(type: HostMessage['type']): void {
    this.latest.delete(type);
  }

  close(): void {
    this.panel?.dispose();
  }

  dispose(): void {
    const { panel } = this;
    this.panel = undefined;
    panel?.dispose();
    vscode.Disposable.from(this.received, this.closed, this.activated).dispose();
  }

  private async receive(raw: unknown, from: vscode.WebviewPanel): Promise<void> {
    // What it says stays in its order.
    const { fromPage } = await loadChecks();
    if (this.panel !== from) return;
    const message = fromPage.message(raw);
    if (!message) {
      log().warn('The panel sent a message that does not keep to the protocol; it was left alone.');
      return;
    }
    if (message.type === 'ready') {
      this.ready = this.loaded = this.confirmed = true;
      this.replay();
      this.latest.delete('reveal');
    }
    if (message.type === 'painted') this.paintedRun = message.runId;
    this.received.fire(message);
  }

  /** In this order: words before what is said in them, the run before its view. */
  private replay(): void {
    this.sent.clear();
    for (const type of ['init', 'state', 'view', 'model', 'compare', 'measured', 'highlight', 'reveal'] as const) {
      const kept = this.latest.get(type);
      if (kept) this.send(kept);
    }
  }

  private send(message: HostMessage): void {
    void this.panel?.webview.postMessage(this.sent.encode(message));
  }

  private options(): vscode.WebviewOptions & vscode.WebviewPanelOptions {
    const roots = ['dist', 'media'].map((name) => vscode.Uri.joinPath(this.extensionUri, name));
    return { enableScripts: true, localResourceRoots: roots, retainContextWhenHidden: false, enableFindWidget: true };
  }
}

/** The panel's page: one script and one style sheet of our own; nothing inline, nothing remote. */
function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, nonce: string, page: string): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    // Pictures for export are drawn from an SVG that the page made itself.
    `img-src ${webview.cspSource} blob:`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" nonce="${nonce}">
<link rel="stylesheet" href="${file('webview.css')}" nonce="${nonce}">
<title>Attention</title>
</head>
<body data-page="${page}">
<script type="module" nonce="${nonce}" src="${file('webview.js')}"></script>
</body>
</html>`;
}
