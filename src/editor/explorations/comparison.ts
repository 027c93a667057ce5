import * as vscode from 'vscode';
import { throttleWhileRunning } from '../../base/scheduling.ts';
import type { SideName } from '../../contract/choices.ts';
import type { Action, ViewState } from '../../contract/view-state.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Settings } from '../host/settings.ts';
import { findAgain } from '../pairs/anchored-pair.ts';
import { ExplorationController } from './exploration.ts';
import type { History } from './history.ts';

/** What stands on one side: an exploration of the memory, and how it is looked at. */
export interface ComparedState {
  readonly id: string;
  readonly state: ViewState | undefined;
  /** The source with what the model writes itself, in place of the pair's target. */
  readonly written?: boolean;
}

const NOTHING: ComparedState = { id: '', state: undefined };
/** Actions that say at what to look: they hold for one side alone. */
const OWN: readonly Action['type'][] = ['setKind', 'setLayer', 'setHead'];
/** Actions that choose a query: they hold for both sides where both ask with the same tokens. */
const QUERIES: readonly Action['type'][] = ['setQuery', 'nextToken', 'previousToken', 'nextPhase', 'previousPhase'];

/** Two explorations, or two heads of one, side by side. It shares their runs and lives on when they are closed. */
export class Comparison {
  readonly left: ExplorationController;
  readonly right: ExplorationController;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  private readonly sides: Record<SideName, ComparedState> = { left: NOTHING, right: NOTHING };

  /** One of the sides is no longer what it was. */
  readonly onDidChange = this.changed.event;

  constructor(
    engine: Engine,
    settings: () => Settings,
    private readonly memory: History,
  ) {
    this.left = new ExplorationController(engine, settings);
    this.right = new ExplorationController(engine, settings);
    const sides = [this.left, this.right];
    const isRunning = () => sides.some(({ panelState }) => panelState.status === 'running');
    const tell = throttleWhileRunning(isRunning, () => this.changed.fire());
    this.subscriptions = vscode.Disposable.from(
      ...sides.flatMap((side) => [side, side.onDidChange(tell), side.onDidChangeView(tell)]),
      tell,
      this.changed,
    );
  }

  /** What was put on a side. */
  of(side: SideName): ComparedState {
    return this.sides[side];
  }

  /**
   * Puts an exploration on a side.
   * @param open the exploration where it is open: its run is shared; else the pair of the memory is run again
   */
  async put(side: SideName, compared: ComparedState, open: ExplorationController | undefined): Promise<void> {
    const { id, state, written } = compared;
    this.sides[side] = compared;
    const controller = this[side];
    if (open?.pair && open.run && written) {
      await controller.explore(
        { source: open.pair.source, target: undefined },
        { direction: open.run.direction, sourceLanguage: open.run.sourceLanguage, state },
      );
      return;
    }
    if (open?.pair && open.run) {
      await controller.share(open.pair, open.run, state ?? open.state);
      return;
    }
    const record = this.memory.get(id);
    if (!record) return;
    const pair = await findAgain(this.memory.pairOf(record));
    // Something else may have been put here meanwhile.
    if (this.sides[side] !== compared) return;
    const explored = written ? { source: pair.source, target: undefined } : pair;
    const { direction, sourceLanguage } = record;
    await controller.explore(explored, { direction, sourceLanguage, state: state ?? record.state });
  }

  /** Changes how one side is looked at, or both. */
  async act(side: SideName, action: Action): Promise<void> {
    const other = side === 'left' ? this.right : this.left;
    const both = !OWN.includes(action.type) && (!QUERIES.includes(action.type) || this.sameQueries());
    await Promise.all([this[side].act(action), both ? other.act(action) : undefined]);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private sameQueries(): boolean {
    const rows = ({ view }: ExplorationController) => view?.rows.map(({ text }) => text).join('\n');
    return rows(this.left) === rows(this.right);
  }
}
