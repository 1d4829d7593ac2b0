import {fromBase64} from "../../engine/adapters/base64.ts";
import {decode16, fp16} from "../../engine/memory/float16.ts";

/** The numbers in a text that `npm run sweep:forge` wrote: 16-bit floats (halves), little-endian, in base64. */
export const storedHalves = (base64: string): Float64Array =>
  Float64Array.from(new Uint16Array(fromBase64(base64).buffer), (code) => decode16(code, fp16));
