/** A tensor to be written: 32-bit floats, or integers as I64. */
export interface TensorToWrite {
  readonly shape: readonly number[];
  readonly data: Float32Array | readonly number[];
}

/**
 * A safetensors file: F32 for Float32Array, I64 for arrays of numbers; data aligned to 8 bytes.
 * @param metadata goes into the header as `__metadata__`; texts only, as the format has it
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, TensorToWrite>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let end = 0;
  // I64 first keeps every tensor aligned without holes, which the format does not allow.
  const entries = Object.entries(tensors).sort(([, a], [, b]) => width(b) - width(a));
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  for (const [name, tensor] of entries) {
    const size = tensor.data.length * width(tensor);
    const dtype = tensor.data instanceof Float32Array ? 'F32' : 'I64';
    header[name] = { dtype, shape: tensor.shape, data_offsets: [end, end + size] };
    end += size;
  }
  let json = new TextEncoder().encode(JSON.stringify(header));
  if (json.length % 8 !== 0) {
    const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
    padded.set(json);
    json = padded;
  }
  const bytes = new Uint8Array(8 + json.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  let at = 8 + json.length;
  for (const [, tensor] of entries) {
    if (tensor.data instanceof Float32Array) {
      for (const value of tensor.data) {
        view.setFloat32(at, value, true);
        at += 4;
      }
    } else {
      for (const value of tensor.data) {
        view.setBigInt64(at, BigInt(value), true);
        at += 8;
      }
    }
  }
  return bytes;
}

function width(tensor: TensorToWrite): number {
  return tensor.data instanceof Float32Array ? 4 : 8;
}
