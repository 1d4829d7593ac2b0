/** The weights of the two base models in base64, each in a file of its own that is loaded when it is asked for. */
export const weights = {
  forge: async (): Promise<string> => (await import("../../../content/lab/word-forge.weights.json")).default.base64,
  digits: async (): Promise<string> => (await import("../../../content/lab/digit-machine.weights.json")).default.base64,
};
export type BaseName = keyof typeof weights;
