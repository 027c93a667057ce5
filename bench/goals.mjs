const FIRST_PICTURE = 3000;
const MEMORY = 400;
const LENGTH = 16_384;
/** What a fit over a few doublings may be off. */
const NOISE = 0.2;
const STEP = 16;

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const half = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** How the goals of issue 5 stand that are told of a section whose module does not tell them itself. */
export const GOALS = {
  long({ ladder, documents, exponents }) {
    const rung = ladder.find(({ length }) => length === LENGTH);
    return [
      {
        goal: '16,384 × 16,384, Q and K of one head: first picture under 3 s',
        reached: rung.firstPicture < FIRST_PICTURE,
        seen: `${seconds(rung.firstPicture)}; every weight ${seconds(rung.wholeBase)}`,
      },
      {
        goal: '16,384 × 16,384: whole process under 400 MB above idle',
        reached: rung.megabytesAboveIdle < MEMORY,
        seen: `${rung.megabytesAboveIdle.toFixed(0)} MB`,
      },
      {
        goal: 'A real long document against its summary: first picture under 3 s, under 400 MB',
        reached: documents.every(
          ({ cross, encoder }) =>
            cross.firstPicture < FIRST_PICTURE &&
            encoder.firstPicture < FIRST_PICTURE &&
            encoder.megabytesAboveIdle < MEMORY,
        ),
        seen: documents
          .map(
            ({ model, sources, forward, cross, encoder }) =>
              `${model}, ${sources} tokens: ${seconds(cross.firstPicture)} (encoder ${seconds(encoder.firstPicture)}) after a pass of ${seconds(forward)}, ${encoder.megabytesAboveIdle.toFixed(0)} MB in all`,
          )
          .join('; '),
      },
      {
        goal: 'Time grows with the square of the length at most, memory with the length at most',
        reached: exponents.time <= 2 + NOISE && exponents.memory <= 1 + NOISE,
        seen: `fitted exponents: time ${exponents.time.toFixed(2)} (processor time ${exponents.processor.toFixed(2)}, last doubling ${exponents.lastDoubling.toFixed(2)}), memory ${exponents.memory.toFixed(2)}`,
      },
    ];
  },

  panel(sizes) {
    const steps = sizes.flatMap(({ sources, targets, heads, phases }) => [
      { name: `head, ${targets} × ${sources}`, all: half(heads.all) },
      { name: `phase, ${targets} × ${sources}`, all: half(phases.all) },
    ]);
    return [
      {
        goal: 'Another head or phase: under 16 ms of main-thread time in the panel',
        reached: steps.every(({ all }) => all < STEP),
        seen: `medians with all that follows: ${steps.map(({ name, all }) => `${name}: ${all.toFixed(1)} ms`).join('; ')}`,
      },
    ];
  },
};
