import * as vscode from 'vscode';
import type { Action } from '../exploration/action.ts';
import type { ViewState } from '../exploration/view-state.ts';
import type { SideName } from '../protocol/panel-messages.ts';
import type { EngineHost } from './engine-host.ts';
import { ExplorationController } from './exploration-controller.ts';
import { findAgain } from './find-again.ts';
import type { Memory } from './memory.ts';
import type { Settings } from './settings.ts';

/** What stands on one side: an exploration of the memory, and how it is looked at. */
export interface ComparedState {
  readonly id: string;
  readonly state: ViewState | undefined;
}

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
  private readonly ids: { left: string; right: string } = { left: '', right: '' };

  /** One of the sides is no longer what it was. */
  readonly onDidChange = this.changed.event;

  constructor(
    engine: EngineHost,
    settings: () => Settings,
    private readonly memory: Memory,
  ) {
    this.left = new ExplorationController(engine, settings);
    this.right = new ExplorationController(engine, settings);
    const tell = () => this.changed.fire();
    this.subscriptions = vscode.Disposable.from(
      ...[this.left, this.right].flatMap((side) => [side, side.onDidChange(tell), side.onDidChangeView(tell)]),
      this.changed,
    );
  }

  idOf(side: SideName): string {
    return this.ids[side];
  }

  /**
   * Puts an exploration on a side.
   * @param open the exploration where it is open: its run is shared; else the pair of the memory is run again
   */
  async put(side: SideName, { id, state }: ComparedState, open: ExplorationController | undefined): Promise<void> {
    this.ids[side] = id;
    const controller = this[side];
    if (open?.pair && open.run) {
      await controller.share(open.pair, open.run, state ?? open.state);
      return;
    }
    const record = this.memory.get(id);
    if (!record) return;
    const pair = await findAgain(this.memory.pairOf(record));
    await controller.explore(pair, { direction: record.direction, state: state ?? record.state });
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
