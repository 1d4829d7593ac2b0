/** The open adapters in the inspector's worker, with their measurements. */
import {compareWithBase, openModel} from "../engine/adapters/inspect/againstBase.ts";
import {baseReport} from "../engine/adapters/inspect/baseWords.ts";
import {sortDropped, textOf} from "../engine/adapters/inspect/dropped.ts";
import {healthOf, sentenceOf, summarize} from "../engine/adapters/inspect/health.ts";
import {answerOf, loadingOf} from "../engine/adapters/inspect/loading/loading.ts";
import {
  type Finding,
  isMeasured,
  type MeasuredUpdate,
  measureAdapter,
  rescaled,
  type UnmeasuredUpdate,
} from "../engine/adapters/inspect/measure.ts";
import {type OpenedAdapter, openAdapter} from "../engine/adapters/inspect/open.ts";
import {overviewOf} from "../engine/adapters/inspect/overview.ts";
import type {StoredPair} from "../engine/adapters/inspect/pairs.ts";
import type {ScaleChoice} from "../engine/adapters/inspect/scales.ts";
import type {Source} from "../engine/adapters/inspect/source.ts";
import {inOrder, spotOf} from "../engine/adapters/moduleNames.ts";
import {createGramKernel} from "../engine/kernels/gram/gramKernel.ts";
import {type FolderAdapter, type FolderBase, isForForge, withBases} from "./forge/forgeBase.ts";
import type {
  AdapterSlot,
  AdapterVerdict,
  DroppedFile,
  Job,
  ModuleView,
  OpenedFile,
  Request,
  Result,
  SpottedModule,
} from "./protocol.ts";

/** Bytes of A and B up to which an adapter is measured; of a larger one only the header is read. */
const MAX_BYTES = 2 ** 31;
/** Milliseconds between two reports of progress. */
const PROGRESS_INTERVAL = 60;

/** An open adapter, and the measurements that have been made. */
export interface SessionAdapter {
  name: string;
  weights: Source;
  config?: Source;
  adapter: OpenedAdapter;
  findings: Finding[];
  /** What the reader chose where the file has no alpha. */
  choice?: ScaleChoice;
  isForForge: boolean;
  /** The base that was in the same folder. */
  folderBase?: FolderBase;
}

/** A dropped file as the engine reads it. The file itself is kept, so that it can be opened later. */
interface NamedSource extends Source {
  file: DroppedFile;
}

const sourceFrom = (file: DroppedFile): NamedSource => ({
  file,
  name: file.name,
  size: file.blob.size,
  slice: (begin, end) => file.blob.slice(begin, end),
});

/** The folder of a file as a command would name it; PATH where it is not known. */
const folderOf = (name: string) => (name.includes("/") ? `./${name.split("/").at(-2)}` : "PATH");

const withSpot = (name: string): SpottedModule => ({name, spot: spotOf(name)});

/** The updates of a pair: one, or one for each expert. */
const updatesOf = ({name, experts}: StoredPair) =>
  experts > 1 ? Array.from({length: experts}, (_, e) => withSpot(`${name}[${e}]`)) : [withSpot(name)];

/** Modules with only A or only B, or with factors that do not fit, and what is wrong in a sentence. */
const unpairedOf = ({keys, pairs, problems}: OpenedAdapter) =>
  problems
    .filter(({name}) => keys.modules.has(name) && !pairs.has(name))
    .map(({name, sentence}) => ({...withSpot(name), sentence}));

/** A measurement without what only the worker needs. */
const moduleViewOf = ({grams, pair, alpha, isRs, ...rest}: MeasuredUpdate): ModuleView => ({
  ...rest,
  spot: spotOf(rest.name),
  d: pair.d,
  k: pair.k,
});

/** The results over all modules, from their measurements. */
function adapterVerdictOf({adapter, findings}: SessionAdapter): AdapterVerdict {
  const summary = summarize(adapter, findings);
  const checks = healthOf(adapter, summary);
  return {
    answer: answerOf(checks, loadingOf(adapter)),
    sentence: sentenceOf(adapter, summary),
    sumB: summary.measured.reduce((sum, {sumB, pair}) => (pair.kind === "embedding" ? sum : sum + sumB), 0),
    checks,
    scales: summary.scales.lines,
    withoutAlpha: summary.scales.asked,
    unmeasured: [
      ...summary.unmeasured.map(({name, sentence}) => ({...withSpot(name), sentence})),
      ...unpairedOf(adapter),
    ],
  };
}

/** Why a module could not be measured, as a part of a sentence: "x.lora_B.weight holds NaN or infinity". */
function whyUnusable({name, broken, sentence}: UnmeasuredUpdate): string {
  const [first] = broken;
  if (first) return `${first.tensor} holds NaN or infinity`;
  return sentence.replace(/^inspect: /, "").replace(`${name}: `, "");
}

/** Two slots for adapters, which are opened, measured and compared with a base. */
export class Session {
  readonly kernel = createGramKernel();
  readonly #slots: [SessionAdapter | undefined, SessionAdapter | undefined] = [undefined, undefined];

  /** The adapter in a slot. Throws if there is none. */
  at(slot: AdapterSlot): SessionAdapter {
    const adapter = this.#slots[slot];
    if (!adapter) throw new Error(`There is no ${slot === 0 ? "first" : "second"} adapter yet.`);
    return adapter;
  }

  /** Closes an adapter. The second becomes the first if that was closed. */
  close(slot: AdapterSlot): undefined {
    if (slot === 0) this.#slots[0] = this.#slots[1];
    this.#slots[1] = undefined;
  }

  /** Reads the headers of dropped files. A config alone is added to the adapter in the slot. Throws errors in plain words. */
  async open({slot, files}: Request<"open">): Promise<OpenedFile> {
    const sources = files.map(sourceFrom);
    const previous = this.#slots[slot];
    if (previous && sources.length === 1 && /\.json$/i.test(files[0]!.name))
      return this.#openAdapter(slot, {...previous, config: sources[0]!}, [], []);
    const {adapters, ignored} = await sortDropped(sources);
    const [first, ...rest] = await withBases(adapters);
    if (first!.base)
      ignored.push({
        name: first!.base.name ?? "the base",
        why: "it is the base of this adapter, which is not needed here",
      });
    return this.#openAdapter(slot, first!, ignored, rest);
  }

  async #openAdapter(
    slot: AdapterSlot,
    dropped: FolderAdapter,
    ignored: OpenedFile["ignored"],
    rest: FolderAdapter[],
  ): Promise<OpenedFile> {
    const {weights, config, folderBase} = dropped;
    const configText = config && (await textOf(config));
    const adapter = await openAdapter(weights, configText);
    const name = weights.name ?? "the file";
    this.#slots[slot] = {
      name,
      weights,
      adapter,
      findings: [],
      isForForge: isForForge(adapter, folderBase),
      ...(config && {config}),
      ...(folderBase && {folderBase}),
    };
    const filesOf = (other: FolderAdapter) =>
      [other.weights, other.config, other.base].flatMap((source) => (source ? (source as NamedSource).file : []));
    return {
      ...overviewOf(adapter, folderOf(name)),
      name,
      path: folderOf(name),
      hasConfig: adapter.config !== undefined && adapter.config.kind !== "other",
      isConfigUnreadable: adapter.config?.kind === "other",
      spots: inOrder(
        [...[...adapter.pairs.values()].flatMap(updatesOf), ...unpairedOf(adapter).map(({name}) => withSpot(name))],
        ({name}) => name,
      ),
      isForForge: this.#slots[slot].isForForge,
      ignored,
      more: rest.map(filesOf),
      isTooLarge: [...adapter.pairs.values()].reduce((sum, {bytes}) => sum + bytes, 0) > MAX_BYTES,
    };
  }

  /** Measures all updates. Yields the new ones from time to time. */
  async *measure(slot: AdapterSlot): Job<"measure"> {
    const sessionAdapter = this.at(slot);
    const {adapter} = sessionAdapter;
    const of = adapter.facts.modules;
    const findings: Finding[] = [];
    let unreported: ModuleView[] = [];
    let lastReport = performance.now();
    for await (const finding of measureAdapter(adapter, this.kernel, sessionAdapter.choice)) {
      findings.push(finding);
      if (isMeasured(finding)) unreported.push(moduleViewOf(finding));
      if (performance.now() - lastReport < PROGRESS_INTERVAL) continue;
      yield {modules: unreported, done: findings.length, of};
      unreported = [];
      lastReport = performance.now();
    }
    if (unreported.length > 0) yield {modules: unreported, done: findings.length, of};
    sessionAdapter.findings = findings;
    return adapterVerdictOf(sessionAdapter);
  }

  /** Sets the scale of updates for which the file has none. */
  setScale({slot, choice}: Request<"setScale">): Result<"setScale"> {
    const adapter = this.at(slot);
    adapter.choice = choice;
    adapter.findings = adapter.findings.map((one) =>
      isMeasured(one) && (one.scaleFrom === "asked" || one.scaleFrom === "chosen")
        ? rescaled(one, "scale" in choice ? choice.scale : choice.alpha / one.r)
        : one,
    );
    return {modules: adapter.findings.filter(isMeasured).map(moduleViewOf), verdict: adapterVerdictOf(adapter)};
  }

  /** Compares the measured updates of a slot with the base and, if there are files of one, with a merged checkpoint. */
  async *checkAgainstBase({slot, base, checkpoint}: Request<"checkAgainstBase">): Job<"checkAgainstBase"> {
    const {adapter, findings} = this.at(slot);
    const baseModel = await openModel(base.map(sourceFrom));
    const other = checkpoint.length > 0 ? await openModel(checkpoint.map(sourceFrom)) : undefined;
    return baseReport(yield* compareWithBase(adapter, findings, baseModel, other));
  }

  /** The pairs of a slot that could not be measured, by name, each with the reason as a part of a sentence. */
  unusable(slot: AdapterSlot): Map<string, string> {
    return new Map(
      this.at(slot).findings.flatMap((finding) =>
        isMeasured(finding) ? [] : [[finding.pair.name, whyUnusable(finding)] as const],
      ),
    );
  }

  /** The measured updates of a slot. */
  measured(slot: AdapterSlot): MeasuredUpdate[] {
    return this.at(slot).findings.filter(isMeasured);
  }
}
