export { activate } from './activation-kernel.ts';
export { attend } from './attention-kernel.ts';
export { packFloat16, upcastValues } from './panel-packing.ts';
export { normalize } from './normalize-kernel.ts';
export { packPlain, packTransposed } from './panel-packing.ts';
export { product, productFloat16 } from './product-kernel.ts';
export { softmax } from './softmax-kernel.ts';
export { weigh } from './row-weights-kernel.ts';
