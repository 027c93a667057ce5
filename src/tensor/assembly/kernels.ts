export { activate } from './activate.ts';
export { attend } from './attend.ts';
export { packHalves, widenValues } from './halves.ts';
export { normalize } from './normalize.ts';
export { packPlain, packTransposed } from './pack.ts';
export { product, productHalves } from './product.ts';
export { softmax } from './softmax.ts';
export { weigh } from './weigh.ts';
