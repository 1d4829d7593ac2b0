/** What a page shows before anything is measured, as plain values that a worker can post; with what fills the file, by kind. */

import {grouped, listed, shown} from "../../wording.ts";
import type {Fault} from "./faults.ts";
import type {KeyRow} from "./keys.ts";
import {type Loading, loadingOf} from "./loading/loading.ts";
import {headRows} from "./loading/verdict.ts";
import type {Facts, OpenedAdapter, Problem} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {cannotTake} from "./takeHome.ts";

/** The header's facts and lists of an opened adapter. */
export interface Overview {
  facts: Facts;
  notes: string[];
  problems: Problem[];
  faults: Fault[];
  /** Whether and how programs load it. */
  loading: Loading;
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

/** Names of a list that is shown; a whole model has thousands. */
const MAX_OTHER_NAMES = 200;

/** An opened adapter → the part of it that can be posted: its config and families hold functions, which cannot. `path` is its folder. */
export function overviewOf(adapter: OpenedAdapter, path?: string): Overview {
  const {facts, notes, problems, faults, keys, pairs, container} = adapter;
  const [PEFT, same] = [cannotTake(adapter, "PEFT"), cannotTake(adapter, "same")];
  return {
    facts,
    notes,
    problems,
    faults,
    loading: loadingOf(adapter, path),
    bytes: fileBytes(adapter),
    rows: keys.rows,
    unreadKinds: keys.named.map(({other: {title, why, source}, tensors, first}) => ({
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

/** Bytes of one kind. */
export interface BytesOfKind {
  kind: "A" | "B" | "with the pairs" | "trained head" | "whole matrices" | "trained biases" | "other tensors";
  bytes: number;
}

/** What fills a file. */
export interface FileBytes {
  kinds: BytesOfKind[];
  /** Sentences on it, most important first; the first is its title. */
  sentences: string[];
}

/** A head of a task, and matrices that are saved whole when a vocabulary was resized. */
const HEAD = /(?:^|\.)(?:classifier|score|pre_classifier|classification_head|qa_outputs)\./;
const WHOLE = /(?:^|\.)(?:embed_tokens|lm_head|wte|shared)\.(?:base_layer\.)?weight$/;

/** The bytes of an adapter by kind, from its header. */
export function fileBytes(adapter: OpenedAdapter): FileBytes {
  const {keys, pairs, container, saved} = adapter;
  const kinds = new Map<BytesOfKind["kind"], {bytes: number; names: string[]}>();
  const partOfTensor = new Map<string, BytesOfKind["kind"]>();
  for (const [name, {parts}] of keys.modules) {
    if (!pairs.has(name)) continue;
    for (const [part, tensor] of Object.entries(parts))
      partOfTensor.set(tensor, part === "A" || part === "B" ? part : "with the pairs");
  }
  for (const [name, {begin, end}] of container.tensors) {
    const kind =
      partOfTensor.get(name) ??
      (HEAD.test(name)
        ? "trained head"
        : WHOLE.test(name) || (saved.tensors.has(name) && !name.endsWith(".bias"))
          ? "whole matrices"
          : saved.tensors.has(name)
            ? "trained biases"
            : "other tensors");
    const ofKind = kinds.get(kind) ?? {bytes: 0, names: []};
    ofKind.bytes += end - begin;
    ofKind.names.push(name);
    kinds.set(kind, ofKind);
  }
  const order = [
    "A",
    "B",
    "with the pairs",
    "trained head",
    "whole matrices",
    "trained biases",
    "other tensors",
  ] as const;
  const all = order.flatMap((kind) => (kinds.has(kind) ? [{kind, ...kinds.get(kind)!}] : []));
  const total = all.reduce((sum, {bytes}) => sum + bytes, 0);
  return {
    kinds: all.map(({kind, bytes}) => ({kind, bytes})),
    sentences: all.flatMap(({kind, bytes, names}) => sentencesOn(adapter, kind, bytes / Math.max(1, total), names)),
  };
}

const lastWords = (names: readonly string[]) => [
  ...new Set(
    names.map((name) =>
      shown(
        name
          .replace(/\.(?:base_layer\.)?(?:weight|bias)$/, "")
          .split(".")
          .at(-1)!,
      ),
    ),
  ),
];

/** "pre_classifier and classifier". */
const firstNames = (names: readonly string[]) => listed(lastWords(names).slice(0, 4));

/** What a kind means when the file is loaded; `share` is its part of the bytes. */
function sentencesOn(
  adapter: OpenedAdapter,
  kind: BytesOfKind["kind"],
  share: number,
  names: readonly string[],
): string[] {
  const part = share < 0.01 ? "Under 1%" : `${Math.round(100 * share)}%`;
  const {tensors} = adapter.container;
  if (kind === "trained head") {
    const rows = headRows(adapter);
    const labels = rows === undefined ? "" : ` Load it with the class for its task and ${grouped(rows)} labels.`;
    return [`${part} of this file is a trained head: ${firstNames(names)}.${labels}`];
  }
  if (kind === "whole matrices") {
    const embedding = names.find((name) => /(?:embed_tokens|wte)\.weight$/.test(name));
    const rows = embedding === undefined ? undefined : tensors.get(embedding)!.shape[0]!;
    const isVocabulary = names.some((name) => WHOLE.test(name));
    return [
      `${part} of this file is whole copies of ${firstNames(names)}.` +
        (isVocabulary
          ? " PEFT saves them when the vocabulary was resized or modules_to_save names them; trainable_token_indices would save only the rows that were trained."
          : ""),
      ...(rows === undefined
        ? []
        : [
            `The embedding has ${grouped(rows)} rows. If the base has another number, call model.resize_token_embeddings(${rows}) before PEFT loads the file.`,
          ]),
    ];
  }
  return kind === "other tensors"
    ? [`${part} of this file is neither A nor B nor saved on purpose: ${firstNames(names)}.`]
    : [];
}
