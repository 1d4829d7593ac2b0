/** d and k of the layer. */
export const SIDE = 16;

export const STEPS = 200;
