import * as vscode from 'vscode';
import type { ExplorationView } from '../../contract/view.ts';
import { type Counterparts, counterparts, type Line } from '../../insight/attended-words.ts';
import type { Explorations } from '../explorations/explorations.ts';
import { DocumentsProvider } from '../host/documents-provider.ts';
import { plain } from '../host/localized-text.ts';

const SHOWN = 5;
const BAR = 10;
/** The only commands that a hover may run. */
const LINKS = ['attentionExplorer.stepToken', 'attentionExplorer.showInHeatmap', 'attentionExplorer.changeHead'];

/** On every word of source and target: what it attends to, or what attends to it, in words, numbers and small bars. */
export class Hovers implements vscode.HoverProvider {
  private readonly provider = new DocumentsProvider((selector) =>
    vscode.languages.registerHoverProvider(selector, this),
  );
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly explorations: Explorations,
    private readonly enabled: () => boolean,
  ) {
    this.subscription = explorations.onDidChange(() => this.provider.replace(exploredUris(explorations)));
  }

  provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.Hover> {
    if (!this.enabled()) return undefined;
    const place = this.explorations.under(document, position);
    const { controller } = place?.exploration ?? {};
    if (!place || !controller?.view) return undefined;
    const { view } = controller;
    const hover = (line?: Line) => this.hover(document, place, view, line);
    if (view.map.kind === 'whole') return hover();
    return signalled(token, (signal) => controller.linesOf(view, place.at, signal)).then(hover, () => undefined);
  }

  private hover(
    document: vscode.TextDocument,
    { exploration, pair, at }: NonNullable<ReturnType<Explorations['under']>>,
    view: ExplorationView,
    line: Line | undefined,
  ): vscode.Hover | undefined {
    const { panelState } = exploration.controller;
    const found = counterparts(view, at.side, at.offset, line);
    const text = pair[at.side];
    if (found.length === 0 || !text) return undefined;
    const { start, end } = text.anchor.locate(found[0].label.start, found[0].label.end);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const note = panelState.stale
      ? vscode.l10n.t('The text has changed since; this is of the text as it was.')
      : undefined;
    return new vscode.Hover(hoverText(exploration.id, view, found, note), range);
  }

  dispose(): void {
    this.subscription.dispose();
    this.provider.dispose();
  }
}

/** The documents that the texts of open explorations stand in. */
function exploredUris(explorations: Explorations): vscode.Uri[] {
  return explorations.all.flatMap(({ controller: { pair } }) =>
    [pair?.source, pair?.target].flatMap((text) => (text ? [text.uri] : [])),
  );
}

function hoverText(
  exploration: string,
  view: ExplorationView,
  found: readonly Counterparts[],
  note: string | undefined,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: LINKS };
  for (const one of found) appendTable(text, one);
  text.appendMarkdown(`\n\n${plain(whereText(view))} · ${plain(phaseText(view, found[0]))}\n\n`);
  if (note) text.appendMarkdown(`$(warning) ${plain(note)}\n\n`);
  text.appendMarkdown(links(exploration, view, found[0]));
  return text;
}

function appendTable(text: vscode.MarkdownString, { label, asks, others }: Counterparts): void {
  const word = `**${plain(label.text)}**`;
  const head = asks ? vscode.l10n.t('{0} attends to', word) : vscode.l10n.t('{0} is attended to by', word);
  text.appendMarkdown(`\n\n${head}\n\n| | | |\n|:--|--:|:--|\n`);
  // What would read 0.00 says nothing; the strongest always stands.
  const shown = others.filter(({ weight }, i) => i === 0 || weight >= 0.005).slice(0, SHOWN);
  for (const other of shown) {
    const name = other.label.special ? `*${plain(other.label.text)}*` : plain(other.label.text);
    text.appendMarkdown(`| ${name} | ${other.weight.toFixed(2)} | ${bar(other.weight)} |\n`);
  }
}

/** The exact weight in eighths of a block. */
function bar(weight: number): string {
  const eighths = Math.max(1, Math.round(Math.min(1, weight) * BAR * 8));
  const rest = eighths % 8;
  return '█'.repeat(Math.floor(eighths / 8)) + (rest ? String.fromCodePoint(0x2590 - rest) : '');
}

function whereText({ state }: ExplorationView): string {
  const kind = {
    cross: vscode.l10n.t('Cross-attention'),
    encoder: vscode.l10n.t('Encoder self-attention'),
    decoder: vscode.l10n.t('Decoder self-attention'),
  }[state.kind];
  const layer =
    state.layer === 'mean' ? vscode.l10n.t('mean of all layers') : vscode.l10n.t('layer {0}', state.layer + 1);
  const head = state.head === 'mean' ? vscode.l10n.t('mean of all heads') : vscode.l10n.t('head {0}', state.head + 1);
  return vscode.l10n.t('{0}, {1}, {2}', kind, layer, head);
}

/** What the phase that is looked at does, for this word. */
function phaseText({ state }: ExplorationView, { label, asks }: Counterparts): string {
  const word = label.text;
  switch (state.phase) {
    case 'query':
      return asks
        ? vscode.l10n.t('Query: “{0}” asks its question, the vector q', word)
        : vscode.l10n.t('Query: “{0}” offers its key k to every question', word);
    case 'match':
      return asks
        ? vscode.l10n.t('Match: the q of “{0}” against every key; softmax makes the weights sum to 1', word)
        : vscode.l10n.t('Match: how well the key of “{0}” answers each question', word);
    case 'combine':
      return asks
        ? vscode.l10n.t('Combine: the values, each times its weight, add up to the context of “{0}”', word)
        : vscode.l10n.t('Combine: the value of “{0}” goes into each context as strong as its weight', word);
  }
}

function links(exploration: string, view: ExplorationView, found: Counterparts): string {
  const { label, asks, others } = found;
  const query = asks ? label.from : (others[0]?.label.from ?? view.state.query);
  const link = (text: string, command: string, ...args: unknown[]) =>
    `[${text}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
  return [
    link(`$(debug-step-over) ${vscode.l10n.t('Step through this token')}`, LINKS[0], { exploration, query }),
    link(`$(table) ${vscode.l10n.t('Show in heatmap')}`, LINKS[1], { exploration, query }),
    link(`$(layers) ${vscode.l10n.t('Change head')}`, LINKS[2], { exploration }),
  ].join(' &nbsp; ');
}

/** Does work that ends when VS Code no longer waits for it. */
async function signalled<T>(token: vscode.CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() => abort.abort());
  if (token.isCancellationRequested) abort.abort();
  try {
    return await work(abort.signal);
  } finally {
    listening.dispose();
  }
}
