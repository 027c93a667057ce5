import * as vscode from 'vscode';
import { ExplorerError } from '../../contract/error.ts';
import type { ExplorationView } from '../../contract/view.ts';
import type { Engine } from '../../engine/engine.ts';
import { showError } from '../host/errors.ts';
import type { Settings } from '../host/settings.ts';
import {
  type AnchoredPair,
  findAgain,
  type OpenExploration,
  positionInPair,
  samePair,
} from '../pairs/anchored-pair.ts';
import { type Exploration, ExplorationController, type PanelWindow } from './exploration.ts';
import { type History, recordName } from './history.ts';

/** Makes the window of an exploration, around a panel that VS Code brought back where there is one. */
export type MakePanel = (
  id: string,
  controller: ExplorationController,
  restored: vscode.WebviewPanel | undefined,
) => PanelWindow;

/**
 * The explorations that are open, each in a panel of its own. One of them is the active one: the one that was worked
 * in last, on which commands act. An exploration ends when its panel is closed; what it was stays in the memory.
 */
export class Explorations {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly painted = new vscode.EventEmitter<ExplorationView>();
  /** By id; the one that was active last stands last. */
  private readonly opened = new Map<string, Exploration>();

  /** One was opened, closed, made active, or is no longer what it was. */
  readonly onDidChange = this.changed.event;
  /** An exploration is to be shown in another view. */
  readonly onDidChangeView = this.painted.event;

  constructor(
    private readonly engine: Engine,
    private readonly settings: () => Settings,
    readonly memory: History,
    private readonly makePanel: MakePanel,
  ) {}

  /** The one that was worked in last. */
  get active(): Exploration | undefined {
    return [...this.opened.values()].at(-1);
  }

  get all(): readonly Exploration[] {
    return [...this.opened.values()];
  }

  get(id: string | undefined): Exploration | undefined {
    return id === undefined ? undefined : this.opened.get(id);
  }

  /** The exploration whose text stands at a place of a document, the active one before others. */
  under(document: vscode.TextDocument, position: vscode.Position) {
    for (const exploration of [...this.all].reverse()) {
      const { pair } = exploration.controller;
      const at = pair && positionInPair(pair, document, position);
      if (pair && at) return { exploration, pair, at };
    }
    return undefined;
  }

  readonly explore: OpenExploration = async (pair, options = {}) => {
    const { id, controller, panel } = this.placeFor(pair);
    this.activate(id);
    panel.show(true, this.column);
    return (await controller.explore(pair, options))?.runId;
  };

  /** Says why there is nothing to explore, in the active panel too; what it shows, and the other explorations, stay. */
  fail(error: unknown): void {
    if (this.active) this.active.controller.fail(error);
    else void showError(error);
  }

  /** An empty panel, which says how to begin. */
  showEmpty(): void {
    this.open(crypto.randomUUID(), undefined).panel.show(false);
  }

  /** Shows an exploration again: its panel where it is open, else the pair of the memory run anew. */
  async reopen(id: string): Promise<void> {
    const open = this.opened.get(id);
    if (open) {
      this.activate(id);
      open.panel.show(false);
      return;
    }
    if (!this.memory.get(id)) throw new ExplorerError('run-gone', 'This exploration is no longer kept.');
    this.open(id, undefined).panel.show(true, this.column);
    await this.runFromMemory(id);
  }

  /** Takes a panel over that VS Code brought back after the window was reloaded: the same pair in the same state. */
  async restore(restored: vscode.WebviewPanel, id: string | undefined): Promise<void> {
    const known = id !== undefined && !this.opened.has(id) ? id : crypto.randomUUID();
    this.open(known, restored);
    await this.runFromMemory(known);
  }

  /** Ends an exploration as if its panel had been closed. */
  close(id: string): void {
    this.opened.get(id)?.panel.close();
  }

  /** Makes an exploration the one that commands act on. */
  activate(id: string): void {
    const exploration = this.opened.get(id);
    if (!exploration || this.active === exploration) return;
    this.opened.delete(id);
    this.opened.set(id, exploration);
    this.changed.fire();
  }

  dispose(): void {
    for (const { panel, controller } of this.all) {
      controller.dispose();
      panel.dispose();
    }
    this.changed.dispose();
    this.painted.dispose();
  }

  /** The panel that has this pair already, one that has nothing to show, or a new one. */
  private placeFor(pair: AnchoredPair): Exploration {
    const { active } = this;
    const same = this.all.find(({ controller }) => controller.lastPair && samePair(controller.lastPair, pair));
    if (same) return same;
    // One that the memory knows is not taken over, whether its run came through or not: it would be lost.
    const empty = active && !active.controller.run && active.controller.panelState.status !== 'running';
    const idle = empty && !this.memory.get(active.id);
    const reuse = active && this.settings().panels === 'one' && !this.memory.get(active.id)?.pinned;
    return active && (idle || reuse) ? active : this.open(crypto.randomUUID(), undefined);
  }

  private open(id: string, restored: vscode.WebviewPanel | undefined): Exploration {
    const controller = new ExplorationController(this.engine, this.settings);
    const panel = this.makePanel(id, controller, restored);
    const exploration = { id, controller, panel };
    this.opened.set(id, exploration);
    const subscriptions = vscode.Disposable.from(
      controller.onDidChange(() => this.changed.fire()),
      controller.onDidOpen(() => this.keep(exploration)),
      controller.onDidChangeView((view) => {
        this.memory.keepState(id, view.state);
        this.painted.fire(view);
      }),
      this.memory.onDidChange(() => this.setTitle(exploration)),
      panel.onDidActivate(() => this.activate(id)),
      panel.onDidClose(() => {
        subscriptions.dispose();
        this.opened.delete(id);
        controller.dispose();
        this.changed.fire();
      }),
    );
    this.setTitle(exploration);
    this.changed.fire();
    return exploration;
  }

  private async runFromMemory(id: string): Promise<void> {
    const record = this.memory.get(id);
    if (!record) return;
    const { controller } = this.opened.get(id) ?? {};
    const pair = await findAgain(this.memory.pairOf(record));
    await controller?.explore(pair, {
      direction: record.direction,
      sourceLanguage: record.sourceLanguage,
      state: record.state,
    });
  }

  private keep({ id, controller: { pair, run, state } }: Exploration): void {
    if (pair && run) void this.memory.add(id, pair, run, state);
  }

  private setTitle({ id, panel }: Exploration): void {
    const record = this.memory.get(id);
    if (record) panel.setTitle(recordName(record));
  }

  /** Where explorations stand already; nowhere yet means beside the text. */
  get column(): vscode.ViewColumn | undefined {
    return this.all.find(({ panel }) => panel.column !== undefined)?.panel.column;
  }
}
