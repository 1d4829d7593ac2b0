/** Table 1 of the paper: forward passes without and with adapter layers, at three settings. */
import {rows} from "../../../content/paper/table-1.json";

/** AdapterL has one adapter layer in each block, AdapterH two. */
type AdapterDesign = "l" | "h";

/** One printed latency. */
export interface Latency {
  method: string;
  /** Milliseconds of a forward pass, and the printed ±. */
  ms: number;
  spread: number;
}

/** The latency with adapter layers. */
interface AdapterLatency extends Latency {
  /** Time added to the row without adapters, as a share of it, from the printed milliseconds. */
  added: number;
  /** The same as printed, in percent. */
  printed: number;
}

/** One batch size and sequence length of Table 1. */
export interface Table1Setting {
  /** Batch and tokens: "1x128". */
  name: string;
  /** How many sequences a pass has, and how many tokens each. */
  batch: number;
  tokens: number;
  /** The row without adapters. */
  plain: Latency;
  adapters: Readonly<Record<AdapterDesign, AdapterLatency>>;
}

type Row = (typeof rows)[number];

const latencyOf = ({method, latencyMs, sd}: Row): Latency => ({method, ms: latencyMs, spread: sd});

const adapterLatency = (row: Row, plain: Row): AdapterLatency => ({
  ...latencyOf(row),
  added: row.latencyMs / plain.latencyMs - 1,
  printed: row.overheadPct!,
});

/** The settings of Table 1 in the order of the paper: from the largest batch to a single sequence. */
export const table1Settings: readonly Table1Setting[] = rows
  .filter(({overheadPct}) => overheadPct === null)
  .map((plain) => {
    const {batch, seqLen} = plain;
    const adapterRows = rows.filter((row) => row.batch === batch && row.seqLen === seqLen && row !== plain);
    const [l, h] = adapterRows.map((row) => adapterLatency(row, plain));
    return {name: `${batch}x${seqLen}`, batch, tokens: seqLen, plain: latencyOf(plain), adapters: {l: l!, h: h!}};
  });

/** The setting with a batch of one sequence, which the reader's guess is about. */
export const singleSetting: Table1Setting = table1Settings.at(-1)!;
