import * as vscode from 'vscode';
import { shorten } from '../../base/text.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { ViewState } from '../../contract/view-state.ts';
import type { Writing } from '../../pair/data/written-text.ts';
import type { AnchoredPair, PlacedText } from '../pairs/anchored-pair.ts';
import { AnchoredText } from '../pairs/anchored-text.ts';

const KEY = 'attentionExplorer.explorations';
/** Explorations that are kept besides the pinned ones. */
const KEPT = 40;
/** Milliseconds after which a state is written: stepping through a sentence is one write, not twenty. */
const STATE_DELAY = 300;

interface StoredText {
  readonly uri: string;
  readonly start: number;
  readonly text: string;
  /** How it is written in a data file: found again by it, escapes and all. */
  readonly writing?: Writing;
  readonly media?: true;
}

/** What is kept of an exploration: texts and where they stand, and how they were looked at; no data. */
export interface ExplorationRecord {
  readonly id: string;
  /** What the person calls it. */
  readonly name?: string;
  readonly pinned?: boolean;
  /** When it was run last, in milliseconds since 1970. */
  readonly when: number;
  readonly model: string;
  readonly source: StoredText;
  readonly target?: StoredText;
  /** The target that the model wrote, where the pair had none. */
  readonly written?: string;
  readonly direction?: string;
  readonly sourceLanguage?: string;
  readonly state?: ViewState;
}

/** The explorations of this workspace, open and past, over reloads of the window. Newest first. */
export class History {
  private readonly changed = new vscode.EventEmitter<void>();
  /** States by id that are not written yet. */
  private readonly states = new Map<string, ViewState>();
  private writing: ReturnType<typeof setTimeout> | undefined;
  /** What a list of explorations shows has changed; not fired for a state alone. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly store: vscode.Memento) {}

  get records(): readonly ExplorationRecord[] {
    const stored = this.store.get<ExplorationRecord[]>(KEY);
    return Array.isArray(stored) ? stored.filter(({ id, source }) => id && source?.text) : [];
  }

  get(id: string): ExplorationRecord | undefined {
    const record = this.records.find((one) => one.id === id);
    const state = this.states.get(id);
    return record && state ? { ...record, state } : record;
  }

  /** The pair of a record, as it stood. */
  pairOf({ source, target }: ExplorationRecord): AnchoredPair {
    return { source: unpack(source), target: target && unpack(target) };
  }

  /** Keeps a pair that has been run; it becomes the newest. */
  async add(id: string, pair: AnchoredPair, run: RunSummary, state: ViewState | undefined): Promise<void> {
    const earlier = this.get(id);
    const same = earlier?.source.text === pair.source.anchor.text && earlier.target?.text === pair.target?.anchor.text;
    await this.write([
      {
        id,
        // A name says what the pair is: another pair in the same panel has none yet.
        name: same ? earlier?.name : undefined,
        pinned: earlier?.pinned,
        when: Date.now(),
        model: run.model.name,
        source: pack(pair.source),
        target: pair.target && pack(pair.target),
        written: pair.target ? undefined : run.target,
        direction: run.direction,
        sourceLanguage: run.sourceLanguage,
        state,
      },
      ...this.records.filter((record) => record.id !== id),
    ]);
    this.changed.fire();
  }

  /** Keeps how an exploration is looked at now; of many quick steps the last is written. */
  keepState(id: string, state: ViewState): void {
    this.states.set(id, state);
    this.writing ??= setTimeout(() => void this.flush(), STATE_DELAY);
  }

  /** Writes the states that were kept lately. */
  async flush(): Promise<void> {
    clearTimeout(this.writing);
    this.writing = undefined;
    if (this.states.size === 0) return;
    const { states } = this;
    const latest = this.records.map((record) => ({ ...record, state: states.get(record.id) ?? record.state }));
    states.clear();
    await this.write(latest);
  }

  async change(id: string, change: Pick<ExplorationRecord, 'name' | 'pinned'>): Promise<void> {
    await this.write(this.records.map((record) => (record.id === id ? { ...record, ...change } : record)));
    this.changed.fire();
  }

  async remove(...ids: string[]): Promise<void> {
    await this.write(this.records.filter(({ id }) => !ids.includes(id)));
    this.changed.fire();
  }

  dispose(): void {
    void this.flush();
    this.changed.dispose();
  }

  private async write(records: readonly ExplorationRecord[]): Promise<void> {
    let others = 0;
    await this.store.update(
      KEY,
      records.filter(({ pinned }) => pinned || ++others <= KEPT),
    );
  }
}

function pack({ uri, anchor, media }: PlacedText): StoredText {
  return { uri: uri.toString(), start: anchor.start, text: anchor.text, writing: anchor.writing, media };
}

function unpack({ uri, start, text, writing, media }: StoredText): PlacedText {
  return { uri: vscode.Uri.parse(uri), anchor: new AnchoredText(text, start, writing), media };
}

/** What an exploration is called: by the person, else by its texts. */
export function recordName({
  name,
  source,
  target,
  written,
}: Pick<ExplorationRecord, 'name' | 'source' | 'target' | 'written'>) {
  return name ?? `${shorten(source.text, 28)} → ${shorten(target?.text ?? written ?? '', 28)}`;
}
