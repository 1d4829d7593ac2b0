/** What a page shows of an adapter before anything is measured, as plain values that a worker can post. */

import {grouped, listed, shown} from "../../wording.ts";
import type {Fault} from "./faults.ts";
import type {KeyRow} from "./keys.ts";
import {type LoadingAnswer, loadingOf} from "./loading/loading.ts";
import {headRows} from "./loading/verdict.ts";
import type {Facts, OpenedAdapter, Problem} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {whyNotTaken} from "./takeHome.ts";

/** The header's facts and lists of an opened adapter. */
export interface Overview {
  facts: Facts;
  notes: string[];
  problems: Problem[];
  faults: Fault[];
  /** Whether and how programs load it. */
  loading: LoadingAnswer;
  bytes: FileBytes;
  /** The table of keys. */
  rows: KeyRow[];
  /** Kinds of adapters that are recognized and not read. */
  unreadKinds: {title: string; why: string; source: string; tensors: number; first: string}[];
  /** The first names that belong to no adapter. */
  otherNames: string[];
  /** In the order in which they will be measured. */
  pairs: StoredPair[];
  metadata: Map<string, string>;
  /** Why it cannot be exported as PEFT's files, or under its own names; absent if it can. */
  exportErrors: {PEFT?: string; same?: string};
}

/** The most names that are listed; a whole model has thousands. */
const MAX_OTHER_NAMES = 200;

/** The part of an opened adapter that can be posted: its config and families hold functions, which cannot. `path` is its folder. */
export function overviewOf(adapter: OpenedAdapter, path?: string): Overview {
  const {facts, notes, problems, faults, keys, pairs, container} = adapter;
  const [PEFT, same] = [whyNotTaken(adapter, "PEFT"), whyNotTaken(adapter, "same")];
  return {
    facts,
    notes,
    problems,
    faults,
    loading: loadingOf(adapter, path),
    bytes: fileBytes(adapter),
    rows: keys.rows,
    unreadKinds: keys.unread.map(({kind: {title, why, source}, tensors, first}) => ({
      title,
      why,
      source,
      tensors,
      first,
    })),
    otherNames: keys.others.slice(0, MAX_OTHER_NAMES),
    pairs: [...pairs.values()],
    metadata: container.metadata,
    exportErrors: {...(PEFT !== undefined && {PEFT}), ...(same !== undefined && {same})},
  };
}

/** The kinds of tensors, in the order in which they are listed. */
const KINDS = [
  "A",
  "B",
  "with the pairs",
  "trained head",
  "whole matrices",
  "trained biases",
  "other tensors",
] as const;

/** Bytes of one kind. */
export interface BytesOfKind {
  kind: (typeof KINDS)[number];
  bytes: number;
}

/** What fills a file. */
export interface FileBytes {
  kinds: BytesOfKind[];
  /** Sentences on what is not in pairs, in the order of `kinds`; the first is the title. */
  sentences: string[];
}

/** The names of tensors of a task's head, and of matrices that are saved whole if a vocabulary was resized. */
const HEAD = /(?:^|\.)(?:classifier|score|pre_classifier|classification_head|qa_outputs)\./;
const WHOLE = /(?:^|\.)(?:embed_tokens|lm_head|wte|shared)\.(?:base_layer\.)?weight$/;

/** The bytes of an adapter by kind, from its header. */
export function fileBytes(adapter: OpenedAdapter): FileBytes {
  const {keys, pairs, container, saved} = adapter;
  const partOfTensor = new Map<string, BytesOfKind["kind"]>();
  for (const [name, {parts}] of keys.modules) {
    if (!pairs.has(name)) continue;
    for (const [part, tensor] of Object.entries(parts))
      partOfTensor.set(tensor, part === "A" || part === "B" ? part : "with the pairs");
  }
  const kindOf = (name: string): BytesOfKind["kind"] => {
    const part = partOfTensor.get(name);
    if (part) return part;
    if (HEAD.test(name)) return "trained head";
    if (WHOLE.test(name)) return "whole matrices";
    if (!saved.tensors.has(name)) return "other tensors";
    return name.endsWith(".bias") ? "trained biases" : "whole matrices";
  };
  const kinds = new Map<BytesOfKind["kind"], {bytes: number; names: string[]}>();
  let total = 0;
  for (const [name, {begin, end}] of container.tensors) {
    const kind = kindOf(name);
    const ofKind = kinds.get(kind) ?? {bytes: 0, names: []};
    kinds.set(kind, ofKind);
    ofKind.bytes += end - begin;
    ofKind.names.push(name);
    total += end - begin;
  }
  const sorted = KINDS.flatMap((kind) => (kinds.has(kind) ? [{kind, ...kinds.get(kind)!}] : []));
  return {
    kinds: sorted.map(({kind, bytes}) => ({kind, bytes})),
    sentences: sorted.flatMap(({kind, bytes, names}) => sentencesOn(adapter, kind, bytes / Math.max(1, total), names)),
  };
}

/** The modules of some tensors by their last words, at most four: "pre_classifier and classifier". */
const firstNames = (names: readonly string[]) => {
  const words = names.map((name) => name.replace(/\.(?:base_layer\.)?(?:weight|bias)$/, "").replace(/^.*\./, ""));
  return listed([...new Set(words.map(shown))].slice(0, 4));
};

/** What a kind means when the file is loaded, as sentences; `share` is its part of the bytes. */
function sentencesOn(
  adapter: OpenedAdapter,
  kind: BytesOfKind["kind"],
  share: number,
  names: readonly string[],
): string[] {
  const part = `${share < 0.01 ? "Under 1%" : `${Math.round(100 * share)}%`} of this file is`;
  if (kind === "other tensors") return [`${part} neither A nor B nor saved on purpose: ${firstNames(names)}.`];
  if (kind === "trained head") {
    const rows = headRows(adapter);
    const labels = rows === undefined ? "" : ` Load it with the class for its task and ${grouped(rows)} labels.`;
    return [`${part} a trained head: ${firstNames(names)}.${labels}`];
  }
  if (kind !== "whole matrices") return [];
  const sentences = [`${part} whole copies of ${firstNames(names)}.`];
  if (names.some((name) => WHOLE.test(name)))
    sentences[0] +=
      " PEFT saves them when the vocabulary was resized or modules_to_save names them; trainable_token_indices would save only the rows that were trained.";
  const embedding = names.find((name) => /(?:embed_tokens|wte)\.weight$/.test(name));
  if (embedding !== undefined) {
    const [rows] = adapter.container.tensors.get(embedding)!.shape;
    sentences.push(
      `The embedding has ${grouped(rows)} rows. If the base has another number, call model.resize_token_embeddings(${rows}) before PEFT loads the file.`,
    );
  }
  return sentences;
}
