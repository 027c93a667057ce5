import type { ExplorationView, StepView } from '../contract/view.ts';
import type { HostMessage, PanelState } from './host-messages.ts';

/** In place of a part that the page has: the slot that it keeps it in. */
export interface KeptPart {
  readonly $kept: string;
}

/** A part that the page is to keep until another one comes for its slot. */
export interface NewPart {
  readonly $keep: string;
  readonly value: unknown;
}

/**
 * What a page has been sent, so that nothing large goes to it twice: run, labels, thumbnails, matrices and the numbers of
 * a step go once, and after that are named as long as they are the same. Everything in a view follows from the run and
 * the state, so that a key made of these says whether it is. The page's side is KeptParts.
 */
export class SentParts {
  /** Slot → key of what the page keeps there. */
  private readonly keys = new Map<string, string>();

  /** The page is a new one: it has nothing. */
  clear(): void {
    this.keys.clear();
  }

  /** @returns the message as it is to be sent; the message itself stays as it is */
  pack(message: HostMessage): unknown {
    if (message.type === 'state') return { ...message, state: this.state('', message.state) };
    if (message.type === 'view') return { ...message, view: this.view('', message.view) };
    if (message.type !== 'compare') return message;
    const side = (name: 'left' | 'right') => {
      const { state, view, ...rest } = message[name];
      return { ...rest, state: this.state(name, state), view: view && this.view(name, view) };
    };
    return { ...message, left: side('left'), right: side('right') };
  }

  private state(side: string, state: PanelState): unknown {
    return { ...state, run: this.part(`${side}run`, state.run?.runId ?? '', state.run) };
  }

  private view(side: string, view: ExplorationView): unknown {
    const { kind, layer, head, query, unit, special, whatIf } = view.state;
    // A forced row is forced in the head that is shown.
    const change = whatIf ? JSON.stringify([whatIf, layer, head]) : '';
    const key = (...parts: readonly unknown[]) => [view.runId, kind, change, ...parts].join('|');
    const ofHead = key(layer, head);
    const cells = key(layer, head, unit, special);
    const part = (name: string, its: string, value: unknown) => this.part(`${side}${name}`, its, value);
    const { scores, weights, values, step } = view;
    const same = [scores, weights].findIndex((other) => isSame(values, other));
    return {
      ...view,
      // Of a long run the page makes the labels of the run's tokens.
      rows: view.atlas ? [] : part('rows', key(unit, special), view.rows),
      cols: view.atlas ? [] : part('cols', key(unit, special), view.cols),
      scores: part('scores', cells, scores),
      weights: part('weights', cells, weights),
      values: same < 0 ? values : { $kept: `${side}${same === 0 ? 'scores' : 'weights'}` },
      before: part('before', `${cells}|${view.of}`, view.before),
      headWeights: part('headWeights', key(layer, unit, special), view.headWeights),
      overview: part('overview', key(), view.overview),
      step: step && this.step(side, step, ofHead, `${ofHead}|${query}|${step.keyCount === undefined ? '' : change}`),
    };
  }

  private step(side: string, step: StepView, ofHead: string, ofQuery: string): unknown {
    if (this.keys.get(`${side}step`) === ofQuery) return { $kept: `${side}step` };
    const { contributions: _, ...rest } = step;
    // Of a long run the keys are those that this query looks at most.
    const its = step.keyCount === undefined ? ofHead : ofQuery;
    const part = (name: string, value: unknown) => this.part(`${side}${name}`, its, value);
    return this.part(`${side}step`, ofQuery, {
      ...rest,
      keyTokens: part('keyTokens', step.keyTokens),
      keys: part('keys', step.keys),
      values: part('stepValues', step.values),
    });
  }

  private part(slot: string, key: string, value: unknown): KeptPart | NewPart | undefined {
    if (value === undefined) return undefined;
    if (this.keys.get(slot) === key) return { $kept: slot };
    this.keys.set(slot, key);
    return { $keep: slot, value };
  }
}

/** Bit by bit, but that NaN is NaN. Ends at the first difference. */
function isSame(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((x, i) => Object.is(x, other[i]));
}

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside: a part is named that never came. */
class Missing extends Error {}

/**
 * The parts of messages that a page has been sent (SentParts), put back where a message only names them. What comes
 * out of the same slot twice is the same object: who has drawn it once need not look at it again.
 */
export class KeptParts {
  private readonly parts = new Map<string, unknown>();

  /** @returns the whole message; undefined when it names a part that this page does not have */
  unpack(data: unknown): unknown {
    try {
      return this.message(data);
    } catch (error) {
      if (error instanceof Missing) return undefined;
      throw error;
    }
  }

  private message(data: unknown): unknown {
    if (!isFields(data)) return data;
    if (data.type === 'state') return { ...data, state: this.state(data.state) };
    if (data.type === 'view') return { ...data, view: this.view(data.view) };
    if (data.type !== 'compare') return data;
    const side = (one: unknown) =>
      isFields(one) ? { ...one, state: this.state(one.state), view: this.view(one.view) } : one;
    return { ...data, left: side(data.left), right: side(data.right) };
  }

  private state(state: unknown): unknown {
    return isFields(state) ? { ...state, run: this.part(state.run) } : state;
  }

  private view(view: unknown): unknown {
    if (!isFields(view)) return view;
    const whole: Record<string, unknown> = { ...view };
    // Values may be the same as scores or weights: these come first.
    for (const name of ['rows', 'cols', 'scores', 'weights', 'values', 'before', 'headWeights', 'overview'])
      if (name in whole) whole[name] = this.part(whole[name]);
    if ('step' in whole) whole.step = this.part(whole.step, (step) => this.step(step));
    return whole;
  }

  private step(step: unknown): unknown {
    if (!isFields(step)) return step;
    const { weights, context } = step;
    const values = this.part(step.values);
    return {
      ...step,
      keyTokens: this.part(step.keyTokens),
      keys: this.part(step.keys),
      values,
      contributions: step.contributions ?? contributionsOf(values, weights, context),
    };
  }

  /** @param whole puts the parts of a part back, before it is kept */
  private part(value: unknown, whole: (value: unknown) => unknown = (same) => same): unknown {
    if (!isFields(value)) return value;
    if (typeof value.$keep === 'string') {
      const part = whole(value.value);
      this.parts.set(value.$keep, part);
      return part;
    }
    if (typeof value.$kept !== 'string') return whole(value);
    if (!this.parts.has(value.$kept)) throw new Missing();
    return this.parts.get(value.$kept);
  }
}

/** weight × value, as the host has them: [S·dᵥ]. */
function contributionsOf(values: unknown, weights: unknown, context: unknown): unknown {
  if (!isFloats(values) || !isFloats(weights) || !isFloats(context)) return undefined;
  const width = Math.max(1, context.length);
  return values.map((value, i) => value * weights[Math.floor(i / width)]!);
}

const isFloats = (value: unknown): value is Float32Array => value instanceof Float32Array;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Array.isArray(value);
}
