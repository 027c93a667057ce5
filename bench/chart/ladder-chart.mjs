const WIDTH = 960;
const HEIGHT = 400;
/** Where the two plots stand: left edge, and the size that both have. */
const PLOTS = [72, 552];
const PLOT = { top: 92, width: 360, height: 240 };
/** A card of its own, so that it is read on light and on dark pages alike. */
const COLORS = { card: '#ffffff', edge: '#d0d7de', text: '#1f2328', faint: '#59636e', grid: '#e6e9ec' };
const SERIES = {
  whole: { name: 'every weight', color: '#0b62c4', dash: '' },
  first: { name: 'first picture', color: '#b34700', dash: '' },
  memory: { name: 'above the idle process', color: '#0b62c4', dash: '' },
};

/**
 * Time and memory against length, both axes logarithmic, as an SVG document.
 * @param exponents {whole, memory}: how they grow with the length
 * @param ladder [{length in tokens, first, whole: milliseconds, memory: MB above the idle process}], by length
 */
export function ladderChart(ladder, exponents) {
  const time = plot(PLOTS[0], 'Time, T = S tokens against each other', ladder, exponents, ['whole', 'first'], 'ms', [
    { at: 3000, text: 'goal at 16,384: first picture in 3 s' },
  ]);
  const memory = plot(PLOTS[1], 'Memory of the process', ladder, exponents, ['memory'], 'MB', [
    { at: 400, text: 'goal at 16,384: 400 MB' },
    { of: ({ length }) => (length ** 2 * 4) / 2 ** 20, text: 'the matrix itself would be T·S·4 bytes' },
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, 'Segoe UI', 'Noto Sans', Arial, sans-serif">
<title>Attention of one head over long texts: time and memory against length</title>
<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8" fill="${COLORS.card}" stroke="${COLORS.edge}"/>
<text x="${PLOTS[0] - 40}" y="34" font-size="17" font-weight="600" fill="${COLORS.text}">Attention of one head over long texts, computed in stripes and tiles</text>
${time}
${memory}
</svg>
`;
}

function plot(left, title, ladder, exponents, names, unit, marks) {
  const values = names.flatMap((name) => ladder.map((rung) => rung[name])).filter((value) => value > 0);
  const lengths = ladder.map(({ length }) => length);
  const fixed = marks.map(({ at, of }) => at ?? of({ length: 16_384 }));
  const x = axis(Math.min(...lengths), Math.max(...lengths), left, PLOT.width, 2);
  const y = axis(
    Math.min(...values, ...fixed),
    Math.max(...values, ...fixed) * 1.3,
    PLOT.top + PLOT.height,
    -PLOT.height,
    10,
  );
  const bottom = PLOT.top + PLOT.height;
  const right = left + PLOT.width;
  const parts = [
    `<text x="${left - 40}" y="${PLOT.top - 30}" font-size="13" font-weight="600" fill="${COLORS.text}">${title}</text>`,
    ...x.ticks.map(
      (tick) => `<path d="M${r(x.at(tick))} ${PLOT.top}V${bottom}" stroke="${COLORS.grid}"/>
<text x="${r(x.at(tick))}" y="${bottom + 18}" font-size="11" text-anchor="middle" fill="${COLORS.faint}">${tick >= 1024 ? `${tick / 1024}k` : tick}</text>`,
    ),
    ...y.ticks.map(
      (tick) => `<path d="M${left} ${r(y.at(tick))}H${right}" stroke="${COLORS.grid}"/>
<text x="${left - 8}" y="${r(y.at(tick) + 4)}" font-size="11" text-anchor="end" fill="${COLORS.faint}">${amount(tick, unit)}</text>`,
    ),
    `<text x="${right}" y="${bottom + 38}" font-size="11" text-anchor="end" fill="${COLORS.faint}">tokens a side</text>`,
    ...marks.map((mark) => markOf(mark, ladder, x, y, { left, right })),
    ...names.map((name) => seriesOf(name, ladder, x, y)),
    legend(left, names, exponents),
  ];
  return parts.join('\n');
}

/** A line that is no measurement: a goal, or what the plain way would take. */
function markOf({ at, of, text }, ladder, x, y, { left, right }) {
  if (at) {
    return `<path d="M${left} ${r(y.at(at))}H${right}" stroke="${COLORS.faint}" stroke-dasharray="2 4"/>
<text x="${left + 6}" y="${r(y.at(at) - 6)}" font-size="11" fill="${COLORS.faint}">${text}</text>`;
  }
  const points = ladder
    .map((rung) => [x.at(rung.length), y.at(of(rung))])
    .filter(([, py]) => py >= PLOT.top && py <= PLOT.top + PLOT.height);
  if (points.length < 2) return '';
  const [lastX, lastY] = points[points.length - 1];
  return `<path d="M${points.map(([px, py]) => `${r(px)} ${r(py)}`).join('L')}" fill="none" stroke="${COLORS.faint}" stroke-dasharray="6 4"/>
<text x="${r(lastX - 8)}" y="${r(lastY - 5)}" font-size="11" text-anchor="end" fill="${COLORS.faint}">${text}</text>`;
}

function seriesOf(name, ladder, x, y) {
  const { color } = SERIES[name];
  const points = ladder.filter((rung) => rung[name] > 0).map((rung) => [x.at(rung.length), y.at(rung[name])]);
  const dots = points.map(([px, py]) => `<circle cx="${r(px)}" cy="${r(py)}" r="4" fill="${color}"/>`).join('');
  return `<path d="M${points.map(([px, py]) => `${r(px)} ${r(py)}`).join('L')}" fill="none" stroke="${color}" stroke-width="2"/>${dots}`;
}

function legend(left, names, exponents) {
  let at = left - 40;
  return names
    .map((name) => {
      const { name: said, color } = SERIES[name];
      const fit = exponents[name];
      const power = fit === undefined ? '' : ` ∝ T<tspan dy="-4" font-size="9">${fit.toFixed(2)}</tspan>`;
      const part = `<circle cx="${at + 5}" cy="${PLOT.top - 16}" r="4" fill="${color}"/>
<text x="${at + 14}" y="${PLOT.top - 12}" font-size="11" fill="${COLORS.text}">${said}${power}</text>`;
      at += 90 + said.length * 6;
      return part;
    })
    .join('\n');
}

/** A logarithmic axis with ticks at powers of the base. */
function axis(least, most, origin, size, base) {
  const [low, high] = [Math.floor(Math.log(least) / Math.log(base) + 1e-9), Math.log(most) / Math.log(base)];
  const top = base === 2 ? Math.round(high) : Math.ceil(high * 2) / 2;
  const ticks = Array.from({ length: Math.floor(top) - low + 1 }, (_, i) => base ** (low + i));
  const at = (value) => origin + (size * (Math.log(value) / Math.log(base) - low)) / (top - low);
  return { ticks, at };
}

function amount(value, unit) {
  if (unit === 'ms' && value >= 1000) return `${value / 1000} s`;
  return `${value} ${unit}`;
}

const r = (value) => Math.round(value * 10) / 10;
