import type { Axis } from '../tiles/viewport.ts';

/** What an axis is labelled with: every `step`-th cell, always the same ones, however it is panned. */
export interface Ticks {
  readonly step: number;
  /** Indexes of the cells in sight that have a label, in order. */
  readonly at: readonly number[];
}

/** @param room px that a label takes    @param always cells that have theirs, whatever it drives out: the first counts most */
export function ticksOf({ scale, from, span, count }: Axis, room: number, always: readonly number[] = []): Ticks {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(room / scale) - 1e-9));
  const end = Math.min(count, Math.ceil(from + span));
  const start = Math.max(0, Math.floor(from));
  const held: number[] = [];
  const isFree = (index: number) => held.every((other) => Math.abs(other - index) * scale >= room - 1e-6);
  for (const index of always) if (index >= start && index < end && isFree(index)) held.push(index);
  const at = [...held];
  for (let index = Math.ceil(start / step) * step; index < end; index += step) if (isFree(index)) at.push(index);
  return { step, at: at.sort((a, b) => a - b) };
}
