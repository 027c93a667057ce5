// What of the product long.mjs itself needs, as one bundle.
export { fitExponent } from '../../src/attention/fit-exponent.ts';
