/** SHA-256 (FIPS 180-4) of bytes that come piece by piece, for files that must not be in memory as a whole. */

const wordsOf = (hex: string) => Int32Array.from(hex.trim().split(/\s+/), (word) => Number.parseInt(word, 16));

/** The words that a digest begins with, and one for each round (FIPS 180-4, 5.3.3 and 4.2.2). */
const START = wordsOf("6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19");
const ROUNDS = wordsOf(`
  428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5
  d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174
  e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da
  983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967
  27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85
  a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070
  19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3
  748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2
`);

const BLOCK_BYTES = 64;
/** The byte of the last block at which the message's length begins. */
const LENGTH_AT = 56;

/** Takes pieces in their order, then gives the digest. */
export interface Sha256 {
  add(bytes: Uint8Array): void;
  /** 64 hexadecimal digits. Nothing can be added afterwards. */
  digest(): string;
}

/** A digest to which pieces are added. `add` throws for anything but bytes. */
export function sha256(): Sha256 {
  const state = START.slice();
  const [words, rest] = [new Int32Array(BLOCK_BYTES), new Uint8Array(BLOCK_BYTES)];
  const view = new DataView(rest.buffer);
  /** How many bytes of `rest` wait for their block to be full, and how many were added in all. */
  let [waiting, length] = [0, 0];
  const mixBlock = (bytes: Uint8Array, from: number) => {
    for (let i = 0, at = from; i < 16; i++, at += 4)
      words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    mix(state, words);
  };
  return {
    add(bytes) {
      if (!(bytes instanceof Uint8Array)) throw new Error(`sha256: expected a Uint8Array, got ${typeof bytes}`);
      length += bytes.length;
      let at = 0;
      if (waiting > 0) {
        at = Math.min(BLOCK_BYTES - waiting, bytes.length);
        rest.set(bytes.subarray(0, at), waiting);
        waiting += at;
        if (waiting < BLOCK_BYTES) return;
        mixBlock(rest, 0);
      }
      for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) mixBlock(bytes, at);
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

/** Mixes a block, the first 16 of 64 `words`, into `state`. Words are signed, because engines add signed ones faster. */
function mix(state: Int32Array, words: Int32Array): void {
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
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
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
