/** Colors as the eye has them: contrast, distance, and the three deficiencies. */
export type Rgb = readonly [number, number, number];

/** "#1d1e22" → linear light, 0 to 1. */
export function linear(hex: string): Rgb {
  const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex);
  if (!parts) throw new Error(`linear: ${hex} is no #rrggbb`);
  const [r, g, b] = parts.slice(1).map((part) => {
    const c = Number.parseInt(part, 16) / 255;
    return c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return [r, g, b];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** Contrast ratio of WCAG 2: 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const times = (m: readonly Rgb[], v: Rgb): Rgb =>
  m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Rgb;

/** Matrices for linear RGB at full severity: Machado, Oliveira and Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency", table 1. */
export const deficiencies: Readonly<Record<string, readonly Rgb[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export const seenWith = (deficiency: readonly Rgb[], color: Rgb): Rgb =>
  times(deficiency, color).map((x) => Math.min(Math.max(x, 0), 1)) as unknown as Rgb;

const labs: readonly (readonly Rgb[])[] = [
  [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ],
  [
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ],
];

/** Distance in OKLab (Ottosson 2020), a hundredfold: about 2 is just seen side by side. */
export function distance(one: Rgb, other: Rgb): number {
  const [a, b] = [one, other].map((color) =>
    times(labs[1]!, times(labs[0]!, color).map(Math.cbrt) as unknown as Rgb),
  ) as [Rgb, Rgb];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
