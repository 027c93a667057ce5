// Started by run.mjs: measures one section and says what it found.
import { SECTIONS } from './sections.mjs';

const { measure } = await SECTIONS[process.argv[2]]();
const value = await measure();
process.send({ value }, () => process.exit(0));
