/** The weights of the two base models in base64, each loaded only when it is needed. */
export const baseWeights = {
  forge: async (): Promise<string> => (await import("../../../content/lab/word-forge.weights.json")).default.base64,
  digits: async (): Promise<string> => (await import("../../../content/lab/digit-machine.weights.json")).default.base64,
};
export type WeightsName = keyof typeof baseWeights;
