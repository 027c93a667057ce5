// What of the product long.mjs itself needs, as one bundle.
export { fitExponent } from '../../webview/complexity/cost-curves.ts';
