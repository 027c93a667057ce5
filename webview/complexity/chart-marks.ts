import { nothing, type SVGTemplateResult, svg } from 'lit';
import type { LayerShape } from '../../src/attention/complexity.ts';
import { type Method, methodComplexity } from '../../src/attention/method-complexity.ts';
import type { Measurement } from '../../src/contract/run.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { measuredCurve, type Point, type Quantity } from './cost-curves.ts';
import { compact, layerShape, milliseconds } from './cost-names.ts';

const KINDS: readonly AttentionKind[] = ['encoder', 'decoder', 'cross'];
const LINE = 15;
/** Room for the longest name with its number. */
const LABEL = 216;

interface Mark {
  /** Length n. */
  readonly x: number;
  /** undefined for a time that nothing measured tells. */
  readonly y: number | undefined;
  readonly kind: AttentionKind;
  readonly shape: LayerShape;
}

/**
 * Where this pair stands: cross-attention on the cross curve, self-attention of encoder and decoder on the full one.
 * A time stands between the measured points beside it; where none are on both sides, only the length is marked.
 */
export function marksOf(
  quantity: Quantity,
  pair: LayerShape,
  methods: readonly Method[],
  measurements: readonly Measurement[] = [],
): Mark[] {
  return KINDS.filter((kind) => methods.includes(kind === 'cross' ? 'cross' : 'full')).map((kind) => {
    const shape = layerShape(pair, kind);
    const method = kind === 'cross' ? 'cross' : 'full';
    const x = shape.targets;
    if (quantity === 'time') return { kind, shape, x, y: between(measuredCurve(method, measurements).points, x) };
    const cost = methodComplexity(method, shape);
    return { kind, shape, x, y: quantity === 'bytes' ? cost.bytes : cost.multiplyAdds };
  });
}

/** The value at a length between two measured ones, on the line through them where both axes are logarithmic. */
function between(points: readonly Point[], x: number): number | undefined {
  const exact = points.find((point) => point.x === x);
  const [from, to] = [points.filter((point) => point.x < x).at(-1), points.find((point) => point.x > x)];
  if (exact || !from || !to) return exact?.y;
  const share = Math.log(x / from.x) / Math.log(to.x / from.x);
  return from.y * (to.y / from.y) ** share;
}

/** The marks: a shape a kind on its curve, and their names one below the other, so that they can't collide. */
export function drawMarks(
  marks: readonly Mark[],
  options: {
    readonly title: string;
    readonly current: AttentionKind;
    readonly quantity: Quantity;
    readonly x: (value: number) => number;
    readonly y: (value: number) => number;
    readonly top: number;
    readonly bottom: number;
    readonly from: number;
    readonly to: number;
  },
): SVGTemplateResult | typeof nothing {
  const { title, current, quantity, x, y, top, bottom, from, to } = options;
  const main = marks.find(({ kind }) => kind === current) ?? marks.at(-1);
  if (!main) return nothing;
  const names: Record<AttentionKind, string> = { cross: t('cross'), encoder: t('encoder'), decoder: t('decoder') };
  // The one looked at comes last, on top of the others.
  const drawn = [...marks.filter((mark) => mark !== main), main];
  const named = [...drawn].reverse();
  // Beside the line where the curves leave room: right of a short pair, left of a long one, never outside.
  const after = x(main.x) + 12;
  const right = after < (from + to) / 2 && after + LABEL <= to;
  const left = right ? after : Math.max(from + 6, x(main.x) - 12 - LABEL);
  return svg`<line class="pairline" x1=${x(main.x)} x2=${x(main.x)} y1=${top} y2=${bottom}></line>
    ${drawn.map((mark) => (mark.y === undefined ? nothing : glyph(mark.kind, x(mark.x), y(mark.y), mark === main)))}
    <text class="here halo" x=${left} y=${top + 8}>${title}</text>
    ${named.map((mark, i) => {
      const { targets, sources } = mark.shape;
      const line = top + 8 + (i + 1) * LINE;
      const size = [names[mark.kind], targets, sources] as const;
      const label =
        mark.y === undefined
          ? t('{0} {1} × {2}: not measured at this length', ...size)
          : quantity === 'time'
            ? t('{0} {1} × {2}: ≈ {3}', ...size, milliseconds(mark.y))
            : quantity === 'bytes'
              ? t('{0} {1} × {2}: {3} bytes', ...size, compact(mark.y))
              : t('{0} {1} × {2}: {3} operations', ...size, compact(mark.y));
      return svg`${glyph(mark.kind, left + 5, line - 4, mark === main)}
        <text class=${mark === main ? 'here halo' : 'halo'} x=${left + 16} y=${line}>${label}</text>`;
    })}`;
}

function glyph(kind: AttentionKind, x: number, y: number, main: boolean): SVGTemplateResult {
  const style = main ? 'pairdot' : 'pairdot other';
  if (kind === 'encoder') return svg`<path class=${style} data-kind=${kind} d=${`M${x} ${y - 6}l5.5 9.5h-11z`}></path>`;
  if (kind === 'decoder')
    return svg`<rect class=${style} data-kind=${kind} x=${x - 4} y=${y - 4} width="8" height="8"></rect>`;
  return svg`<circle class=${style} data-kind=${kind} cx=${x} cy=${y} r="4.5"></circle>`;
}
