/** Good ones of all that comes from outside, for the mutants to begin with. */
import {readFileSync} from "node:fs";

const adapters = new URL("../fixtures/adapters/", import.meta.url);
const names = [
  ...["convolution", "dora", "embedding", "named-bf16", "patterns", "rslora", "unaligned-f16"],
  ...["alpha-beside", "dora-kinds", "experts", "grouped-convolution"],
];

export const adapterFiles = names.map((name) => ({
  config: readFileSync(new URL(`${name}/adapter_config.json`, adapters), "utf8"),
  weights: new Uint8Array(readFileSync(new URL(`${name}/adapter_model.safetensors`, adapters))),
}));

export const patterns = [
  ...["q_proj", "layers.2.q_proj", "^model\\.layers\\.\\d+\\.self_attn\\.[qv]_proj$", "(.*\\.)?(q|k|v|o)_proj"],
  ...["h\\.(1|2|3){1,2}\\.attn\\.c_attn", "a*b+c?[^\\d-z]{0,3}", "((a|b)*c)+$", "\\w+\\.\\s?\\D{2,}"],
];

export const numbers: readonly (readonly [text: string, unit: string])[] = [
  ["98,304", ""],
  ["98 304", ""],
  ["−0.5", ""],
  ["1,536×", "×"],
  ["4.7e6", ""],
  ["4.7 × 10^6", ""],
  ["4.7 million", ""],
  ["8.39 M", ""],
  ["87%", ""],
  ["25 %", "%"],
  ["350 GB", "GB"],
  ["1’234.5", ""],
];

export const matrices = [
  "1 2 3\n2 4 6\n0 1 1",
  "1,2,3;2,4,6;0,1,1",
  "[[1, 0], [0, 3]]",
  "-1.5\t2.25\t1e3\n−3 4 5",
  "4.8x2.1.AAAAAAAAAAA",
  "8.2x2.3.5.AAB_",
  "5",
];

export const addresses = [
  "?id=one&origin=https://example.org&xapi=1",
  "?id=a_b-1&childId=pym-0#?secret=Ab3",
  "?origin=http://127.0.0.1:8080&r=8&theme=dark",
  "?id=a#secret=x",
];

export const orders: readonly object[] = [
  {target: "lora-widget", v: 1, type: "set", state: {r: 8, source: "noise"}, options: {theme: "dark", lock: ["r"]}},
  {target: "lora-widget", v: 1, type: "export", format: "svg", requestId: "a 1"},
  {target: "lora-widget", v: 1, type: "get", requestId: 7},
  {target: "lora-widget", v: 1, type: "set", options: {controls: "r,alpha", title: false, s: "eyJ2IjoxfQ"}},
];
export const greetings = ["[iFrameSizer]frame0:8:false:true:32:true:true:null:bodyOffset", "[iFrameSizer]a"];

/** What `npm run fuzz` does to every widget may be asked of it beside its controls. */
export const options: readonly Readonly<Record<string, unknown>>[] = [
  {theme: "dark", controls: "basic", lock: "r,alpha", motion: "reduce"},
  {predict: 0, answers: "0", links: true, title: "1", caption: "0", table: "auto"},
  {controls: ["r", "seed"], lock: ["source"], table: 1},
];

/** What a reader may have kept, by kind. */
export const kept = {
  loraLive: 1,
  saved: "2026-01-02",
  items: [
    {kind: "answer", id: "count-gpt3", value: {given: "37,748,736", right: true}},
    {kind: "prediction", id: "guess", value: {given: "lowrank 7.3 25"}},
    {kind: "chapter", id: "the-update", value: "finished"},
    {kind: "words", id: "chapter-4", value: "A low-rank change.\nNo more."},
    {kind: "draft", id: "write-delta", value: "function delta(B, A) {}"},
    {kind: "review", id: "card-rank", value: {on: 20_500, gap: 4}},
  ],
};
