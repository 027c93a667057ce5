// Started by run.mjs: measures one section and says what it found, or why there is nothing.
import { SECTIONS } from './sections.mjs';

const answer = await SECTIONS[process.argv[2]]()
  .then(({ measure }) => measure())
  .then(
    (value) => ({ value }),
    (error) => ({ failed: String(error?.message ?? error) }),
  );
process.send(answer, () => process.exit(0));
