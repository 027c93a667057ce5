import * as vscode from 'vscode';
import type { SideName } from '../../contract/choices.ts';
import { runShape } from '../../contract/state-bounds.ts';
import type { ViewState } from '../../contract/view-state.ts';
import type { Engine } from '../../engine/engine.ts';
import { reduce } from '../../session/reduce.ts';
import { registerTable } from '../host/errors.ts';
import type { Settings } from '../host/settings.ts';
import { type ComparedState, Comparison } from './comparison.ts';
import type { PanelWindow } from './exploration.ts';
import type { Explorations } from './explorations.ts';
import { pickCompared } from './head-picker.ts';
import { type ExplorationRecord, recordName } from './history.ts';

/** Makes the window of a comparison, around a panel that VS Code brought back where there is one. */
export type MakeComparisonPanel = (comparison: Comparison, restored: vscode.WebviewPanel | undefined) => PanelWindow;

/** The comparisons that are open, and the commands that open them. */
export class Comparisons {
  private readonly opened = new Map<Comparison, PanelWindow>();
  private readonly commands: vscode.Disposable;
  private readonly selfCompared = new vscode.EventEmitter<void>();

  /** Cross- and self-attention stand side by side. */
  readonly onDidCompareWithSelf = this.selfCompared.event;

  constructor(
    private readonly explorations: Explorations,
    private readonly engine: Engine,
    private readonly settings: () => Settings,
    private readonly makePanel: MakeComparisonPanel,
  ) {
    this.commands = registerTable({
      compareWith: (record?: ExplorationRecord) => this.compareWith(record?.id),
      compareWithSelf: () => this.compareWithSelf(),
      compareWithModel: () => this.compareWithModel(),
    });
  }

  get all(): readonly Comparison[] {
    return [...this.opened.keys()];
  }

  /** Two sides next to each other, in a panel of their own where explorations stand. */
  async compare(left: ComparedState, right: ComparedState): Promise<Comparison> {
    const comparison = this.open(undefined);
    await this.fill(comparison, left, right);
    return comparison;
  }

  /** Takes a panel over that VS Code brought back after the window was reloaded. */
  async restore(restored: vscode.WebviewPanel, left: ComparedState, right: ComparedState): Promise<void> {
    await this.fill(this.open(restored), left, right);
  }

  /** Puts something else on one side of a comparison that is open. */
  async pick(comparison: Comparison, side: SideName): Promise<void> {
    const { view } = comparison[side];
    const picked = await pickCompared(view, this.others(comparison.of(side).id));
    if (!picked) return;
    if ('action' in picked) await comparison.act(side, picked.action);
    else await comparison.put(side, { id: picked.id, state: undefined }, this.controllerOf(picked.id));
    this.setTitle(comparison);
  }

  dispose(): void {
    this.commands.dispose();
    this.selfCompared.dispose();
    for (const panel of this.opened.values()) panel.dispose();
    for (const comparison of this.opened.keys()) comparison.dispose();
  }

  /** The active exploration, or one of the list, against what is picked. */
  private async compareWith(id = this.explorations.active?.id): Promise<void> {
    if (id === undefined) return;
    const controller = this.controllerOf(id);
    const picked = await pickCompared(controller?.view, this.others(id));
    if (!picked) return;
    const state = controller?.state;
    if ('id' in picked) await this.compare({ id, state }, { id: picked.id, state: undefined });
    else if (controller?.run && state)
      await this.compare({ id, state }, { id, state: reduce(state, picked.action, runShape(controller.run)) });
  }

  /** Cross-attention against the encoder's self-attention of the same pair, with what differs between them. */
  async compareWithSelf(): Promise<Comparison | undefined> {
    const { id, controller } = this.explorations.active ?? {};
    if (!id || !controller?.run || !controller.state) return undefined;
    const shape = runShape(controller.run);
    const { state } = controller;
    const kind = (name: ViewState['kind']) =>
      state.kind === name ? state : reduce(state, { type: 'setKind', kind: name }, shape);
    const self = state.kind === 'decoder' ? 'decoder' : 'encoder';
    const comparison = await this.compare({ id, state: kind('cross') }, { id, state: kind(self) });
    this.selfCompared.fire();
    return comparison;
  }

  /** The pair against what the model would have written of its source, each with its own attention. */
  private async compareWithModel(): Promise<Comparison | undefined> {
    const { id, controller } = this.explorations.active ?? {};
    if (!id || !controller?.run?.offers.generation || !controller.state) return undefined;
    const { whatIf: _, ...state } = controller.state;
    return this.compare({ id, state: controller.state }, { id, state, written: true });
  }

  private open(restored: vscode.WebviewPanel | undefined): Comparison {
    const comparison = new Comparison(this.engine, this.settings, this.explorations.memory);
    const panel = this.makePanel(comparison, restored);
    this.opened.set(comparison, panel);
    panel.onDidClose(() => {
      this.opened.delete(comparison);
      comparison.dispose();
    });
    if (!restored) panel.show(false, this.explorations.column);
    return comparison;
  }

  private async fill(comparison: Comparison, left: ComparedState, right: ComparedState): Promise<void> {
    await Promise.all([
      comparison.put('left', left, this.controllerOf(left.id)),
      comparison.put('right', right, this.controllerOf(right.id)),
    ]);
    this.setTitle(comparison);
  }

  private setTitle(comparison: Comparison): void {
    const [left, right] = (['left', 'right'] as const).map((side) => {
      const record = this.explorations.memory.get(comparison.of(side).id);
      return record ? recordName(record) : '';
    });
    const title = left === right ? left : `${left} ↔ ${right}`;
    this.opened.get(comparison)?.setTitle(vscode.l10n.t('Compare: {0}', title));
  }

  private controllerOf(id: string) {
    return this.explorations.get(id)?.controller;
  }

  /** Explorations besides one, those that are open first. */
  private others(id: string): ExplorationRecord[] {
    const { memory } = this.explorations;
    const others = memory.records.filter((record) => record.id !== id);
    const open = (record: ExplorationRecord) => this.explorations.get(record.id) !== undefined;
    return [...others.filter(open), ...others.filter((record) => !open(record))];
  }
}
