/** The made adapters that PEFT may be given: weights, config, and the modules of a base for them. */
import {sortDropped} from "../../../../src/engine/adapters/inspect/dropped.ts";
import {type OpenedAdapter, openAdapter} from "../../../../src/engine/adapters/inspect/open.ts";
import {type Source, sourceOf} from "../../../../src/engine/adapters/inspect/source.ts";
import {PREFIX} from "../../../../src/engine/adapters/peftNames.ts";
import {MADE, type MadeFile} from "./madeAdapters.ts";

/** A module of the base: its weight is d × k, with one such weight for each of `experts` in each of `parameters`. */
interface BaseModule {
  name: string;
  d: number;
  k: number;
  experts: number;
  parameters: string[];
  hasBias: boolean;
}

export interface MadeDrop {
  name: string;
  weights: Uint8Array;
  config: string;
  adapter: OpenedAdapter;
  base: BaseModule[];
}

const read = async (source: Source) => new Uint8Array(await source.slice(0, source.size).arrayBuffer());

/** Those that can be opened and have PEFT's names and a config, by their names in `MADE`. */
export async function madeDrops(): Promise<MadeDrop[]> {
  const cases = Object.values(MADE).flatMap((group) => Object.entries(group));
  const all = await Promise.all(cases.map(([name, files]) => dropOf(name, files)));
  return all.flatMap((one) => one ?? []);
}

/** The first adapter of a drop, with its files; throws as the page refuses it. */
export async function openMade(files: readonly MadeFile[]) {
  const sources = files.map(([path, content]) =>
    sourceOf(typeof content === "string" ? new TextEncoder().encode(content) : content, path),
  );
  const [first] = (await sortDropped(sources)).adapters;
  const config = first!.config && new TextDecoder().decode(await read(first!.config));
  return {weights: await read(first!.weights), config, adapter: await openAdapter(first!.weights, config)};
}

async function dropOf(name: string, files: readonly MadeFile[]): Promise<MadeDrop | undefined> {
  const made = await openMade(files).catch(() => undefined);
  if (made?.config === undefined || made.adapter.facts.families.join() !== "PEFT") return undefined;
  return {name, ...made, config: made.config, base: baseFor(made.adapter)};
}

/** The modules of a base that has what the file adapts, and what it saves whole. */
function baseFor({pairs, keys, container, config, saved}: OpenedAdapter): BaseModule[] {
  const shapeOf = (tensor: string | undefined) => (tensor && container.tensors.get(tensor)?.shape) || [];
  const others = new Map(keys.others.map((tensor) => [tensor.replace(PREFIX, ""), shapeOf(tensor)]));
  const hasBias = (name: string) => others.has(`${name}.bias`) || others.has(`${name}.base_layer.bias`);
  const parameters = config?.kind === "PEFT" ? config.target_parameters : [];
  const module = (name: string, d = 8, k = 8, experts = 1): BaseModule => ({
    ...{name, d, k, experts, hasBias: hasBias(name)},
    parameters: experts > 1 ? parameters.map((one) => one.slice(one.lastIndexOf(".") + 1)) : [],
  });
  return [
    ...[...keys.modules.values()].map(({module: name, parts}) => {
      const {
        d = shapeOf(parts.B)[0] || undefined,
        k = shapeOf(parts.A)[1] || undefined,
        experts,
      } = pairs.get(name) ?? {};
      return module(name, d ?? 64, k ?? 64, experts);
    }),
    ...[...others].flatMap(([tensor, [d, k]]) =>
      tensor.endsWith(".weight") && !tensor.includes(".base_layer.") && d
        ? [module(tensor.slice(0, -7), d, k ?? 0)]
        : [],
    ),
    ...[...saved.missing, ...saved.missingHead].map((name) => module(name)),
  ];
}
