/** Names for open adapters that tell two of them apart, and a sentence where their configs name different bases. */
import type {Opened} from "./protocol.ts";

/** What can name an adapter. */
interface NamingFacts {
  path: string;
  base?: string | undefined;
  /** When it was saved, in milliseconds. */
  saved?: number | undefined;
  /** Its rank, if all modules have the same. */
  rank?: number | undefined;
}

/** The last part of a Hub id or of a path on any system. */
const lastOf = (name: string) => name.split(/[\\/]/).findLast(Boolean) ?? name;

const day = (saved: number) =>
  new Date(saved).toLocaleString("en-US", {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });

/** The file's name if it is not a usual one, else its folder, else its base with the day or the rank; never the same as `other`. */
export function displayName({path, base, saved, rank}: NamingFacts, other?: string): string {
  const parts = path.split("/").filter(Boolean);
  const file = parts.at(-1) ?? path;
  const folders = parts.slice(0, -1);
  const isUsual = /^(adapter_model|adapters|pytorch_lora_weights)\.\w+$/.test(file);
  const short = isUsual && base ? lastOf(base) : file;
  const names = [
    ...(isUsual ? [] : [file]),
    ...(folders.length > 0 ? [isUsual ? folders.at(-1)! : `${folders.at(-1)}/${file}`] : []),
    ...(folders.length > 1 ? [(isUsual ? folders : parts).join("/")] : []),
    ...(saved === undefined ? [] : [`${short}, saved ${day(saved)}`]),
    ...(rank === undefined ? [] : [`${short}, rank ${rank}`]),
    short,
  ];
  return names.find((name) => name !== other) ?? `${short} (2)`;
}

/** A base's name without its path and without what says how it is quantized. */
const plain = (name: string) =>
  lastOf(name)
    .toLowerCase()
    .replace(/(?:-unsloth)?-bnb-4bit$/, "");

/** A sentence if the configs of two adapters name different bases, which equal shapes would hide; else undefined. */
export function differentBases({facts: {base: one}}: Opened, {facts: {base: two}}: Opened): string | undefined {
  const areConfigs = one?.from === "adapter_config.json" && two?.from === "adapter_config.json";
  if (!areConfigs || plain(one.name) === plain(two.name)) return undefined;
  return `Their configs name different bases (${lastOf(one.name)}, ${lastOf(two.name)}). Equal shapes do not make them the same.`;
}
