import type { ComputedView, ExplorationView, StepView } from '../contract/view.ts';
import type { HostMessage, PanelState } from './host-messages.ts';

/** In place of a part that the page has: the slot that it keeps it in. */
export interface CachedPart {
  readonly $kept: string;
}

/** A part that the page is to keep until another one comes for its slot. */
export interface NewPart {
  readonly $keep: string;
  readonly value: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a page has been sent, so that nothing large goes to it twice: run, thumbnails, matrices and the numbers of a step
 * go once, and after that are named as long as they are the same. Everything in a view follows from the run and the
 * state, so that a key made of these says whether it is. The page's side is DeltaDecoder.
 */
export class DeltaEncoder {
  /** Slot → key of what the page keeps there. */
  readonly #keys = new Map<string, string>();

  /** The page is a new one: it has nothing. */
  clear(): void {
    this.#keys.clear();
  }

  /** @returns the message as it is to be sent; the message itself stays as it is */
  encode(message: HostMessage): unknown {
    if (message.type === 'state') return { ...message, state: this.#state('', message.state) };
    if (message.type === 'view') return { ...message, view: this.#view('', message.view) };
    if (message.type !== 'compare') return message;
    const side = (name: 'left' | 'right') => {
      const { state, view, ...rest } = message[name];
      return { ...rest, state: this.#state(name, state), view: view && this.#view(name, view) };
    };
    return { ...message, left: side('left'), right: side('right') };
  }

  #state(side: string, state: PanelState): unknown {
    return { ...state, run: this.#part(`${side}run`, state.run?.runId ?? '', state.run) };
  }

  #view(side: string, view: ComputedView & Partial<ExplorationView>): unknown {
    const { kind, layer, head, query, unit, special, whatIf } = view.state;
    // A forced row is forced in the head that is shown.
    const change = whatIf ? JSON.stringify([whatIf, layer, head]) : '';
    const key = (...parts: readonly unknown[]) => [view.runId, kind, change, ...parts].join('|');
    const ofHead = key(layer, head);
    const cells = key(layer, head, unit, special);
    const part = (name: string, its: string, value: unknown) => this.#part(`${side}${name}`, its, value);
    // The page makes the labels of the run's tokens.
    const { rows: _, cols: __, map, step, ...rest } = view;
    const whole = () => {
      if (map.kind === 'tiled') return map;
      const { scores, weights, values, before, headWeights } = map;
      const same = values === scores ? 'scores' : values === weights ? 'weights' : undefined;
      return {
        ...map,
        scores: part('scores', cells, scores),
        weights: part('weights', cells, weights),
        values: same ? { $kept: `${side}${same}` } : values,
        before: part('before', `${cells}|${view.of}`, before),
        headWeights: part('headWeights', key(layer, unit, special), headWeights),
      };
    };
    return {
      ...rest,
      map: whole(),
      overview: part('overview', key(), view.overview),
      step: step && this.#step(side, step, ofHead, `${ofHead}|${query}|${step.keyCount === undefined ? '' : change}`),
    };
  }

  #step(side: string, step: StepView, ofHead: string, ofQuery: string): unknown {
    if (this.#keys.get(`${side}step`) === ofQuery) return { $kept: `${side}step` };
    // Of a long run the keys are those that this query looks at most.
    const its = step.keyCount === undefined ? ofHead : ofQuery;
    const part = (name: string, value: unknown) => this.#part(`${side}${name}`, its, value);
    return this.#part(`${side}step`, ofQuery, {
      ...step,
      keyTokens: part('keyTokens', step.keyTokens),
      keys: part('keys', step.keys),
      values: part('stepValues', step.values),
    });
  }

  #part(slot: string, key: string, value: unknown): CachedPart | NewPart | undefined {
    if (value === undefined) return undefined;
    if (this.#keys.get(slot) === key) return { $kept: slot };
    this.#keys.set(slot, key);
    return { $keep: slot, value };
  }
}

/** Thrown inside: a part is named that never came. */
class MissingPart extends Error {}

/**
 * The parts of messages that a page has been sent (DeltaEncoder), put back where a message only names them. What comes
 * out of the same slot twice is the same object: who has drawn it once need not look at it again.
 */
export class DeltaDecoder {
  readonly #parts = new Map<string, unknown>();

  /** @returns the whole message; undefined when it names a part that this page does not have */
  decode(data: unknown): unknown {
    try {
      return this.#message(data);
    } catch (error) {
      if (error instanceof MissingPart) return undefined;
      throw error;
    }
  }

  #message(data: unknown): unknown {
    if (!isFields(data)) return data;
    if (data.type === 'state') return { ...data, state: this.#state(data.state) };
    if (data.type === 'view') return { ...data, view: this.#view(data.view) };
    if (data.type !== 'compare') return data;
    const side = (one: unknown) =>
      isFields(one) ? { ...one, state: this.#state(one.state), view: this.#view(one.view) } : one;
    return { ...data, left: side(data.left), right: side(data.right) };
  }

  #state(state: unknown): unknown {
    return isFields(state) ? { ...state, run: this.#part(state.run) } : state;
  }

  #view(view: unknown): unknown {
    if (!isFields(view)) return view;
    // Values may be the same as scores or weights: these come first.
    const map = this.#fields(view.map, ['scores', 'weights', 'values', 'before', 'headWeights']);
    const whole = this.#fields({ ...view, map }, ['overview']);
    if (!('step' in whole)) return whole;
    return { ...whole, step: this.#part(whole.step, (step) => this.#fields(step, ['keyTokens', 'keys', 'values'])) };
  }

  #fields<Whole>(whole: Whole, names: readonly string[]): Whole {
    if (!isFields(whole)) return whole;
    const parts = names.filter((name) => name in whole).map((name) => [name, this.#part(whole[name])]);
    return { ...whole, ...Object.fromEntries(parts) };
  }

  /** @param whole puts the parts of a part back, before it is kept */
  #part(value: unknown, whole: (value: unknown) => unknown = (same) => same): unknown {
    if (!isFields(value)) return value;
    if (typeof value.$keep === 'string') {
      const part = whole(value.value);
      this.#parts.set(value.$keep, part);
      return part;
    }
    if (typeof value.$kept !== 'string') return whole(value);
    if (!this.#parts.has(value.$kept)) throw new MissingPart();
    return this.#parts.get(value.$kept);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Array.isArray(value);
}
