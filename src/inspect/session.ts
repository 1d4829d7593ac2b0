/** The adapters that are open, with what was measured of them: all that the inspector's worker knows. */
import {sortDropped, textOf} from "../engine/adapters/inspect/dropped.ts";
import {healthOf, sentenceOf, summarize} from "../engine/adapters/inspect/health.ts";
import {answerOf, loadingOf} from "../engine/adapters/inspect/loading/loading.ts";
import {
  type Finding,
  isMeasured,
  type Measured,
  measureAdapter,
  rescaled,
  type Unmeasured,
} from "../engine/adapters/inspect/measure.ts";
import {type OpenedAdapter, openAdapter} from "../engine/adapters/inspect/open.ts";
import {overviewOf} from "../engine/adapters/inspect/overview.ts";
import type {StoredPair} from "../engine/adapters/inspect/pairs.ts";
import type {Choice} from "../engine/adapters/inspect/scales.ts";
import type {Source} from "../engine/adapters/inspect/source.ts";
import {inOrder, spotOf} from "../engine/adapters/moduleNames.ts";
import {createGramKernel} from "../engine/kernels/gram/gramKernel.ts";
import {type Beside, besideWords, type LabBase, labBaseOf, type WithBase, withBases} from "./forge/labBase.ts";
import type {AdapterSlot, AdapterVerdict, DroppedFile, ModuleView, Opened, Orders} from "./protocol.ts";

/** Pairs of this size are read; of larger ones only the header. */
export const LARGEST = 2 ** 31;
/** Milliseconds between two posts of findings. */
const BEAT = 60;

/** An opened adapter, and what is known of it so far. */
export interface Held {
  name: string;
  weights: Source;
  config?: Source;
  adapter: OpenedAdapter;
  findings: Finding[];
  choice?: Choice;
  /** The model of our lab that it is for. */
  lab?: LabBase;
  /** Which base lay in the same folder. */
  beside?: Beside;
}

/** What was dropped, as the engine reads it; the file is kept to be opened later. */
interface NamedSource extends Source {
  file: DroppedFile;
}

const sourceFrom = (file: DroppedFile): NamedSource => ({
  file,
  name: file.name,
  size: file.blob.size,
  slice: (begin, end) => file.blob.slice(begin, end),
});

const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;

/** The folder of a file, as a command may name it. */
const folderOf = (name: string) => (name.includes("/") ? `./${name.split("/").at(-2)}` : "PATH");

/** The updates of a pair: one for each expert, usually one. */
const spotsOf = ({name, experts}: StoredPair) =>
  Array.from({length: experts}, (_, e) => {
    const own = experts > 1 ? `${name}[${e}]` : name;
    return {name: own, spot: spotOf(own)};
  });

/** Modules without a pair: half of one, or factors that do not fit. */
const halvesOf = ({keys, pairs, problems}: OpenedAdapter) =>
  problems
    .filter(({name}) => keys.modules.has(name) && !pairs.has(name))
    .map(({name, sentence}) => ({name, spot: spotOf(name), sentence}));

export const viewOf = ({grams, pair, alpha, isRs, ...rest}: Measured): ModuleView => ({
  ...rest,
  spot: spotOf(rest.name),
  d: pair.d,
  k: pair.k,
});

/** What the findings come to. */
function verdictOf({adapter, findings}: Held): AdapterVerdict {
  const summary = summarize(adapter, findings);
  const checks = healthOf(adapter, summary);
  const moved = summary.measured.filter(({s}) => s[0]! > 0);
  return {
    answer: answerOf(checks, loadingOf(adapter)),
    sentence: sentenceOf(adapter, summary),
    sumB: summary.measured.reduce((sum, {sumB, pair}) => (pair.kind === "embedding" ? sum : sum + sumB), 0),
    checks,
    norm: summary.norm,
    r90: summary.r90,
    r99: summary.r99,
    effective: summary.effective,
    energy: mean(moved.map(({energy}) => energy)),
    scales: summary.scales.lines,
    asked: summary.scales.asked,
    unmeasured: [
      ...summary.unmeasured.map(({name, sentence}) => ({name, spot: spotOf(name), sentence})),
      ...halvesOf(adapter),
    ],
  };
}

/** "x.lora_B.weight holds NaN or infinity", or the sentence without the module's name. */
function whyUnusable({name, broken, sentence}: Unmeasured): string {
  const [first] = broken;
  if (first) return `${first.tensor} holds NaN or infinity`;
  return sentence.replace(/^inspect: /, "").replace(`${name}: `, "");
}

/** The two places for adapters. */
export class Session {
  readonly kernel = createGramKernel();
  readonly #held: [Held | undefined, Held | undefined] = [undefined, undefined];

  /** The adapter of a slot. Throws when there is none. */
  at(slot: AdapterSlot): Held {
    const held = this.#held[slot];
    if (!held) throw new Error(`There is no ${slot === 0 ? "first" : "second"} adapter yet.`);
    return held;
  }

  close(slot: AdapterSlot): void {
    this.#held[slot] = undefined;
    // The second moves up.
    if (slot === 0) {
      this.#held[0] = this.#held[1];
      this.#held[1] = undefined;
    }
  }

  swap(): void {
    this.#held.reverse();
  }

  /** Reads the header of what was dropped. A config alone joins the adapter that is open. Throws in words. */
  async open({slot, files}: Orders["open"]["order"]): Promise<Opened> {
    const sources = files.map(sourceFrom);
    const before = this.#held[slot];
    if (before && sources.length === 1 && /\.json$/i.test(files[0]!.name))
      return this.#hold(slot, {...before, config: sources[0]!}, [], []);
    const {adapters, ignored} = await sortDropped(sources);
    const [first, ...rest] = await withBases(adapters);
    if (first!.base && first!.beside)
      ignored.push({name: first!.base.name ?? "the base", why: besideWords[first!.beside]});
    return this.#hold(slot, first!, ignored, rest);
  }

  async #hold(slot: AdapterSlot, one: WithBase, ignored: Opened["ignored"], rest: WithBase[]): Promise<Opened> {
    const {weights, config, beside} = one;
    const text = config && (await textOf(config));
    const adapter = await openAdapter(weights, text);
    const name = weights.name ?? "the file";
    const lab = labBaseOf(adapter, beside);
    this.#held[slot] = {
      ...{name, weights, adapter, findings: []},
      ...(config && {config}),
      ...(beside && {beside}),
      ...(lab && {lab}),
    };
    const filesOf = ({weights, config, base}: WithBase) =>
      [weights, config, base].flatMap((source) => (source ? (source as NamedSource).file : []));
    const {blob} = (weights as NamedSource).file;
    return {
      ...overviewOf(adapter, folderOf(name)),
      ...{name, path: folderOf(name)},
      ...(blob instanceof File && {saved: blob.lastModified}),
      hasConfig: adapter.config !== undefined && adapter.config.kind !== "other",
      badConfig: adapter.config?.kind === "other",
      spots: inOrder(
        [...[...adapter.pairs.values()].flatMap(spotsOf), ...halvesOf(adapter).map(({name, spot}) => ({name, spot}))],
        ({name}) => name,
      ),
      ...(lab && {lab}),
      ignored,
      more: rest.map(filesOf),
      isTooLarge: [...adapter.pairs.values()].reduce((sum, {bytes}) => sum + bytes, 0) > LARGEST,
    };
  }

  /** Measures all updates; gives those that are new now and then, and in the end what they come to. */
  async *measure({slot}: Orders["measure"]["order"]): AsyncGenerator<Orders["measure"]["news"], AdapterVerdict> {
    const held = this.at(slot);
    const {adapter} = held;
    const of = adapter.facts.modules;
    const findings: Finding[] = [];
    let fresh: ModuleView[] = [];
    let last = performance.now();
    for await (const finding of measureAdapter(adapter, this.kernel, held.choice)) {
      findings.push(finding);
      if (isMeasured(finding)) fresh.push(viewOf(finding));
      if (performance.now() - last < BEAT) continue;
      yield {found: fresh, done: findings.length, of};
      fresh = [];
      last = performance.now();
    }
    if (fresh.length > 0) yield {found: fresh, done: findings.length, of};
    held.findings = findings;
    return verdictOf(held);
  }

  /** Gives a scale to the updates whose file has none. */
  choose({slot, choice}: Orders["choose"]["order"]): Orders["choose"]["result"] {
    const held = this.at(slot);
    held.choice = choice;
    held.findings = held.findings.map((one) =>
      isMeasured(one) && (one.scaleFrom === "asked" || one.scaleFrom === "chosen")
        ? rescaled(one, "scale" in choice ? choice.scale : choice.alpha / one.r)
        : one,
    );
    return {modules: held.findings.filter(isMeasured).map(viewOf), verdict: verdictOf(held)};
  }

  /** The pairs of a slot whose numbers cannot be used, by name, each with the reason as a part of a sentence. */
  unusable(slot: AdapterSlot): Map<string, string> {
    return new Map(
      this.at(slot).findings.flatMap((finding) =>
        isMeasured(finding) ? [] : [[finding.pair.name, whyUnusable(finding)] as const],
      ),
    );
  }

  /** The measured updates of a slot. */
  measured(slot: AdapterSlot): Measured[] {
    return this.at(slot).findings.filter(isMeasured);
  }
}
