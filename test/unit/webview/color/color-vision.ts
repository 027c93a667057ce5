import { type Rgb, toLab } from '../../../../webview/color/oklab.ts';

/** Colour blindness in full (Machado, Oliveira and Fernandes 2009), on linear light. */
export const BLIND = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** A colour as it is seen. @param matrix one of BLIND */
export function seen(color: Rgb, matrix: readonly number[]): Rgb {
  const [r, g, b] = color.map((x) => (x / 255) ** 2.2);
  const row = (i: number) => matrix[i]! * r! + matrix[i + 1]! * g! + matrix[i + 2]! * b!;
  return [0, 3, 6].map((i) => 255 * Math.min(1, Math.max(0, row(i))) ** (1 / 2.2)) as unknown as Rgb;
}

/** Distance of two colours in OKLab. */
export function apart(a: Rgb, b: Rgb): number {
  const [x, y] = [toLab(a), toLab(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}
