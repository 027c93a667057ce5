interface Made {
  /** 1 PCM, 3 float. */
  readonly kind: number;
  readonly bits: number;
  readonly rate: number;
  readonly channels: number;
}

/** A WAV file of these samples, the same in every channel. */
export function wav(samples: readonly number[], { kind, bits, rate, channels }: Made): Uint8Array {
  const width = Math.max(1, bits / 8);
  const bytes = new Uint8Array(44 + samples.length * channels * Math.ceil(width));
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, kind, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * width, true);
  view.setUint16(32, channels * width, true);
  view.setUint16(34, bits, true);
  text(36, 'data');
  view.setUint32(40, bytes.length - 44, true);
  samples.forEach((sample, i) => {
    for (let channel = 0; channel < channels; channel++)
      put(view, 44 + (i * channels + channel) * Math.ceil(width), sample, kind, bits);
  });
  return bytes;
}

function put(view: DataView, at: number, sample: number, kind: number, bits: number): void {
  if (kind === 3) {
    if (bits === 32) view.setFloat32(at, sample, true);
    else view.setFloat64(at, sample, true);
  } else if (bits === 16) view.setInt16(at, Math.round(sample * 32_767), true);
  else if (bits === 24) {
    const value = Math.round(sample * 8_388_607);
    view.setUint8(at, value & 255);
    view.setInt16(at + 1, value >> 8, true);
  } else if (bits === 32) view.setInt32(at, Math.round(sample * 2_147_483_647), true);
  else view.setUint8(at, Math.round(sample * 127) + 128);
}
