/** What a page shows before anything is measured, as plain values that a worker can post. */
import {type FileBytes, fileBytes} from "./bytes.ts";
import type {Fault} from "./faults.ts";
import type {KeyRow} from "./keys.ts";
import {type Loading, loadingOf} from "./loading/loading.ts";
import type {Facts, OpenedAdapter, Problem} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {cannotTake} from "./takeHome.ts";

/** The header's facts and lists of an opened adapter. */
export interface Overview {
  facts: Facts;
  notes: string[];
  problems: Problem[];
  faults: Fault[];
  /** What becomes of it when it is loaded. */
  loading: Loading;
  bytes: FileBytes;
  /** The table of keys. */
  rows: KeyRow[];
  /** Adapters that are named only. */
  named: {title: string; why: string; source: string; tensors: number; first: string}[];
  /** The first names that belong to no adapter. */
  others: string[];
  /** In the order in which they will be measured. */
  pairs: StoredPair[];
  metadata: Map<string, string>;
  /** Why it cannot be written so; absent where it can. */
  cannot: {PEFT?: string; same?: string};
}

/** Names of a list that is shown; a whole model has thousands. */
const MOST_OTHERS = 200;

/** An opened adapter → what can be posted of it: its configs and families hold functions, which cannot. `path` is its folder. */
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
    named: keys.named.map(({other: {title, why, source}, tensors, first}) => ({title, why, source, tensors, first})),
    others: keys.others.slice(0, MOST_OTHERS),
    pairs: [...pairs.values()],
    metadata: container.metadata,
    cannot: {...(PEFT !== undefined && {PEFT}), ...(same !== undefined && {same})},
  };
}
