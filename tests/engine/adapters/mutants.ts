/** Safetensors files by hand, and an endless, seeded supply of damaged ones, as downloads, editors and attackers make them. */
import {toBytes} from "../../../src/engine/adapters/dtype.ts";
import {readSafetensors, tensorBytes} from "../../../src/engine/adapters/safetensors.ts";
import {type Tensor, writeSafetensors} from "../../../src/engine/adapters/safetensorsWriter.ts";

/** A file with any header: its length, the text, and then `data` zero bytes. */
export function fileOf(json: string | Uint8Array, data = 0, length?: bigint): Uint8Array {
  const text = typeof json === "string" ? new TextEncoder().encode(json) : json;
  const file = new Uint8Array(8 + text.length + data);
  new DataView(file.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

/** Every tensor of a file, as it can be written again. */
export function tensorsOf(bytes: Uint8Array): Map<string, Tensor> {
  const file = readSafetensors(bytes);
  const one = ([name, {dtype, shape}]: [string, Omit<Tensor, "bytes">]): [string, Tensor] => [
    name,
    {dtype, shape, bytes: tensorBytes(file, name)},
  ];
  return new Map([...file.tensors].map(one));
}

const entry = (dtype: string, shape: string, begin: number, end: number) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

const small = (shape: number[]): Tensor => {
  const values = new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(0.5);
  return {dtype: "F32", shape, bytes: toBytes("F32", values)};
};

const good: readonly Uint8Array[] = [
  fileOf("{}\r \t\n"),
  fileOf(`{"t":${entry("F32", "[2,3]", 0, 24)}}`, 24),
  fileOf(`{"a":${entry("F4", "[4]", 0, 2)},"b":${entry("I64", "[]", 2, 10)},"c":${entry("U8", "[2,0]", 10, 10)}}`, 10),
  fileOf(`{"\\u0061":${entry("F16", "[3]", 0, 6)},"__metadata__":{"format":"pt","\\n":"\\ud83d\\ude00"}}`, 6),
  writeSafetensors(
    new Map(["q.lora_A", "q.lora_B", "v.lora_A", "v.lora_B"].map((name, i) => [name, small([i + 1, 2])])),
    new Map([["format", "pt"]]),
  ),
];

const words = [
  ...['"__proto__"', '"constructor"', '"a"', '"\\u0061"', '"\\ud800"', "-0", "-1", "1e3", "2.0"],
  ...["9007199254740993", "18446744073709551614", "01", "null", "[]", "{}", "[".repeat(36), '"F8_E4M3"'],
  ...['"dtype"', '"shape"', '"data_offsets"', '"__metadata__"', '"__metadata__":0,"b"', "4503599627370496"],
  ...[",", "\ufeff"],
];

/** → a function that makes the next mutant: 1 to 3 changes to a good file. In five of six the length stays correct. */
export function mutants(random: () => number): () => Uint8Array {
  const below = (n: number) => Math.floor(random() * n);
  const splice = (bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array) => {
    const result = new Uint8Array(bytes.length - Math.min(removed, bytes.length - at) + inserted.length);
    result.set(bytes.subarray(0, at));
    result.set(inserted, at);
    result.set(bytes.subarray(Math.min(bytes.length, at + removed)), at + inserted.length);
    return result;
  };
  const none = new Uint8Array(0);
  /** Moves the nth pair of offsets: the size stays correct, the place does not. */
  const moved = (text: string, nth: number, by: number) => {
    let at = 0;
    return text.replace(/\[(\d+),(\d+)\](?=})/g, (pair, begin, end) =>
      at++ === nth ? `[${Number(begin) + by},${Number(end) + by}]` : pair,
    );
  };
  const change = (json: Uint8Array): Uint8Array => {
    const at = below(json.length + 1);
    const kind = below(9);
    if (kind === 0) return json.map((byte, i) => (i === at ? byte ^ (1 << below(8)) : byte));
    if (kind === 1) return splice(json, at, below(2), Uint8Array.of(below(256)));
    if (kind === 2) return splice(json, at, 1 + below(8), none);
    if (kind === 3) return splice(json, below(json.length + 1), 0, json.slice(at, at + below(60)));
    const text = new TextDecoder().decode(json);
    if (kind === 4) return new TextEncoder().encode(moved(text, below(4), below(9) - 2));
    const found = [...text.matchAll(/"[^"]*"|-?\d+|[[\]{}:,]/g)];
    const token = found[below(found.length)];
    const word = new TextEncoder().encode(kind < 7 ? words[below(words.length)] : String(below(40)));
    return token ? splice(json, token.index, token[0].length, word) : word;
  };
  return () => {
    const file = good[below(good.length)];
    const length = new DataView(file.buffer).getUint32(0, true);
    let json: Uint8Array = file.slice(8, 8 + length);
    for (let i = 1 + below(3); i > 0; i--) json = change(json);
    const data = Math.max(0, file.length - 8 - length + (below(4) === 0 ? below(9) - 4 : 0));
    const mutant = fileOf(json, data);
    const fate = below(12);
    if (fate === 0) mutant[below(8)] ^= 1 << below(8);
    if (fate === 1) new DataView(mutant.buffer).setUint32(0, below(mutant.length + 20), true);
    return fate === 2 ? mutant.slice(0, below(mutant.length + 1)) : mutant;
  };
}
