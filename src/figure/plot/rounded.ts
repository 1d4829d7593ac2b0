/** Rounded to a tenth of a unit, which is finer than any screen shows and keeps attributes short. */
export const rounded = (x: number, decimals = 1): number => Math.round(x * 10 ** decimals) / 10 ** decimals;
