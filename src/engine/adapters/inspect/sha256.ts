/** SHA-256 (FIPS 180-4) of bytes that come piece by piece, for files that must not be in memory as a whole. */

/** The fractional parts of the roots of the first primes, as the standard derives its constants: 32 bits of each. */
function constants(): {start: Int32Array; rounds: Int32Array} {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const bits = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  return {
    start: Int32Array.from(primes.slice(0, 8), (prime) => bits(Math.sqrt(prime))),
    rounds: Int32Array.from(primes, (prime) => bits(cubeRoot(prime))),
  };
}

/** Newton's steps: `Math.cbrt` may differ in its last bits between browsers. */
function cubeRoot(n: number): number {
  let x = n;
  for (let i = 0; i < 100; i++) x -= (x * x * x - n) / (3 * x * x);
  return x;
}

const BLOCK = 64;
/** The message's length stands in the last 8 bytes of a block. */
const LENGTH_AT = 56;

/** Takes pieces in their order, then gives the digest. */
export interface Sha256 {
  add(bytes: Uint8Array): void;
  /** 64 hexadecimal digits. Nothing can be added afterwards. */
  digest(): string;
}

let cachedConstants: ReturnType<typeof constants> | undefined;

/** A digest to which pieces are added. `add` throws for anything but bytes. */
export function sha256(): Sha256 {
  cachedConstants ??= constants();
  const {rounds} = cachedConstants;
  const state = cachedConstants.start.slice();
  const [words, rest] = [new Int32Array(BLOCK), new Uint8Array(BLOCK)];
  const view = new DataView(rest.buffer);
  let [waiting, length] = [0, 0];
  const mixBlock = (bytes: Uint8Array, from: number) => {
    for (let i = 0, at = from; i < 16; i++, at += 4)
      words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    mix(state, words, rounds);
  };
  return {
    add(bytes) {
      if (!(bytes instanceof Uint8Array)) throw new Error(`sha256: expected a Uint8Array, got ${typeof bytes}`);
      length += bytes.length;
      let at = 0;
      if (waiting > 0) {
        at = Math.min(BLOCK - waiting, bytes.length);
        rest.set(bytes.subarray(0, at), waiting);
        waiting += at;
        if (waiting < BLOCK) return;
        mixBlock(rest, 0);
      }
      for (; at + BLOCK <= bytes.length; at += BLOCK) mixBlock(bytes, at);
      rest.set(bytes.subarray(at));
      waiting = bytes.length - at;
    },
    digest() {
      rest.fill(0, waiting);
      rest[waiting] = 0x80;
      if (waiting >= LENGTH_AT) {
        mixBlock(rest, 0);
        rest.fill(0);
      }
      view.setUint32(LENGTH_AT, Math.floor(length / 2 ** 29));
      view.setUint32(LENGTH_AT + 4, (length * 8) % 2 ** 32);
      mixBlock(rest, 0);
      return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    },
  };
}

/** One block of 16 words, in place in `state`; `words` has room for 64. Signed words, which engines add without a detour. */
function mix(state: Int32Array, words: Int32Array, rounds: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15];
    const y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + rounds[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}
