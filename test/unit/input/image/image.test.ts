import fc from 'fast-check';
import { encode as encodePng } from 'fast-png';
import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readPicture } from '../../../../src/input/image/image-file.ts';
import { pixelValues, resize } from '../../../../src/input/image/pixel-values.ts';
import { expectedOf, fixture } from '../fixture.ts';
import { encodeJpeg } from './encode-jpeg.ts';

/** A PNG's chunk. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(new TextEncoder().encode(name), 4);
  out.set(data, 8);
  view.setUint32(data.length + 8, crc(out.subarray(4, data.length + 8)));
  return out;
}

function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

const HALF = { factor: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };

test('pixel values are the reference’s, within 1e-3', async () => {
  const expected = expectedOf('pixel_values.safetensors', 'pixel_values');
  const found = pixelValues(resize(await readPicture(fixture('scene.png'), 'scene.png'), 32, 32), HALF);
  expect([1, ...found.shape]).toEqual(expected.shape);
  let worst = 0;
  found.data.forEach((x, i) => {
    worst = Math.max(worst, Math.abs(x - expected.data[i]!));
  });
  expect(worst).toBeLessThan(1e-3);
});

describe('pictures of every kind', () => {
  const red = [200, 30, 10];
  test.each([
    ['RGB', 3, 8, red, red],
    ['RGBA, half seen, lies on white', 4, 8, [...red, 128], [227, 142, 132]],
    ['grey', 1, 8, [90], [90, 90, 90]],
    ['grey with alpha, not seen', 2, 8, [90, 0], [255, 255, 255]],
    ['RGB of 16 bits', 3, 16, red.map((x) => x * 257), red],
  ] as const)('PNG: %s', async (_, channels, depth, pixel, expected) => {
    const values = Array.from({ length: 6 }, () => pixel).flat();
    const data = depth === 16 ? Uint16Array.from(values) : Uint8Array.from(values);
    const file = encodePng({ width: 3, height: 2, data, channels, depth });
    const { width, height, pixels } = await readPicture(file, 'x.png');
    expect([width, height]).toEqual([3, 2]);
    expect([...pixels.subarray(15)]).toEqual([...expected]);
  });

  test('JPEG, within what its compression loses', async () => {
    const data = Uint8ClampedArray.from({ length: 16 * 16 * 4 }, (_, i) => [...red, 255][i % 4]!);
    const { width, pixels } = await readPicture(await encodeJpeg({ width: 16, height: 16, data }, 95), 'x.jpg');
    expect(width).toBe(16);
    for (const [c, value] of red.entries()) expect(Math.abs(pixels[300 + c]! - value)).toBeLessThan(6);
  });
});

describe('JPEGs are decoded bit for bit as by libjpeg-turbo', () => {
  test.each(['420', '420-progressive', '422', '444', 'grey'])('%s', async (name) => {
    const expected = await readPicture(fixture(`jpeg/${name}.png`), 'x.png');
    expect(await readPicture(fixture(`jpeg/${name}.jpg`), 'x.jpg')).toEqual(expected);
  });

  test('one in CMYK, which the decoder does not know, is refused', async () => {
    await expect(readPicture(fixture('jpeg/cmyk.jpg'), 'x.jpg')).rejects.toThrow(/colors are CMYK/);
  });

  test('one that is cut off is refused, not filled up with grey', async () => {
    const bytes = fixture('jpeg/420.jpg');
    for (const kept of [bytes.length / 2, bytes.length - 2])
      await expect(readPicture(bytes.subarray(0, kept), 'x.jpg')).rejects.toThrow(/cut off/);
  });

  test('the frame that is decoded is the one whose size was checked', async () => {
    const bytes = fixture('jpeg/420.jpg');
    const enormous = Uint8Array.of(0xff, 0xc0, 0, 17, 8, 0xff, 0xff, 0xff, 0xff, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1);
    const refused = /65535 × 65535/;
    // Markers that have no length: what follows them is read.
    for (const marker of [0x01, 0xd0, 0xd7]) {
      const file = Uint8Array.from([0xff, 0xd8, 0xff, marker, ...enormous, ...bytes.subarray(2)]);
      await expect(readPicture(file, 'x.jpg')).rejects.toThrow(refused);
    }
    const stuffed = Uint8Array.from([0xff, 0xd8, 0xff, 0, ...enormous, ...bytes.subarray(2)]);
    await expect(readPicture(stuffed, 'x.jpg')).rejects.toThrow(/neither a PNG nor a JPEG/);
  });
});

describe('what is no picture', () => {
  test('says so', async () => {
    const gif = new TextEncoder().encode('GIF89a');
    await expect(readPicture(gif, 'x.gif')).rejects.toThrow(/x\.gif.*neither a PNG nor a JPEG/);
  });

  test('and one that claims to be enormous is refused before it is decoded', async () => {
    const bytes = new Uint8Array(fixture('scene.png'));
    new DataView(bytes.buffer).setUint32(16, 1_000_000);
    new DataView(bytes.buffer).setUint32(20, 1_000_000);
    await expect(readPicture(bytes, 'x.png')).rejects.toThrow(/1000000 × 1000000/);
  });

  test('a small file that would inflate to gigabytes is refused before it does, and profiles are not read', async () => {
    const header = new Uint8Array(fixture('scene.png')).slice(0, 33);
    new DataView(header.buffer).setUint32(16, 1);
    new DataView(header.buffer).setUint32(20, 1);
    new DataView(header.buffer).setUint32(29, crc(header.subarray(12, 29)));
    const bomb = zlibSync(new Uint8Array(64 * 1024 * 1024));
    const bytes = Uint8Array.from([...header, ...chunk('IDAT', bomb), ...chunk('IEND', new Uint8Array())]);
    expect(bytes.length).toBeLessThan(100_000);
    await expect(readPicture(bytes, 'bomb.png')).rejects.toThrow(/more than its header says/);
    const whole = new Uint8Array(fixture('scene.png'));
    const profile = chunk('iCCP', bomb);
    const dressed = Uint8Array.from([...whole.slice(0, 33), ...profile, ...whole.slice(33)]);
    expect((await readPicture(dressed, 'x.png')).pixels).toEqual((await readPicture(whole, 'x.png')).pixels);
  });

  test('however mutated never takes the reader down', async () => {
    const png = new Uint8Array(fixture('scene.png'));
    const data = new Uint8ClampedArray(24 * 24 * 4).fill(77);
    const jpeg = await encodeJpeg({ width: 24, height: 24, data }, 80);
    const edits = fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), edits, fc.nat(300), async (first, changes, cut) => {
        const bytes = (first ? png : jpeg).slice(0, (first ? png : jpeg).length - cut);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          const { width, height, pixels } = await readPicture(bytes, 'x');
          expect(pixels.length).toBe(width * height * 3);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('input-file');
        }
      }),
      { seed: 11, numRuns: 1500 },
    );
  });
});

test('a picture that grows keeps its colours, and one of its own size is left alone', () => {
  const picture = { width: 2, height: 1, pixels: Uint8Array.from([0, 0, 0, 255, 255, 255]) };
  expect(resize(picture, 2, 1)).toBe(picture);
  const { pixels } = resize(picture, 4, 2);
  expect([...pixels.subarray(0, 12)].filter((_, i) => i % 3 === 0)).toEqual([0, 64, 191, 255]);
});
