import simd from 'kernels.wasm';
import relaxed from 'kernels-relaxed.wasm';
import { useBackend } from '../kernels.ts';
import { chooseBackend } from './choose-kernels.ts';

/** Lets this thread compute with the fastest kernels that its engine runs. */
export function startKernels(): void {
  useBackend(chooseBackend({ relaxed, simd }));
}
