/** Table 1 of the paper: forward passes without and with adapter layers, at three settings. */
import {columns, rows as printed} from "../../../content/paper/table-1.json";

/** AdapterL and AdapterH. */
type AdapterDesign = "l" | "h";

/** One printed latency. */
export interface Latency {
  method: string;
  /** Milliseconds of a forward pass, and the printed ±. */
  ms: number;
  spread: number;
}

/** The latency with adapter layers. */
export interface SlowedLatency extends Latency {
  /** Time added to the row without adapters, as a share of it, from the printed milliseconds. */
  added: number;
  /** The same as printed, in percent. */
  printed: number;
  /** Whether both are equal to the printed digits. */
  agrees: boolean;
}

/** One batch size and sequence length of Table 1. */
export interface Table1Setting {
  name: string;
  batch: number;
  tokens: number;
  /** Parameters of the adapter, in millions. */
  millions: number;
  plain: Latency;
  adapters: Readonly<Record<AdapterDesign, SlowedLatency>>;
}

type Row = Omit<(typeof printed)[number], "adapterParamsM" | "overheadPct"> & {
  adapterParamsM: number | null;
  overheadPct: number | null;
};

const rows: readonly Row[] = printed;
const nameOf = ({batch, seqLen}: Row): string => `${batch}x${seqLen}`;

/** The unit of the last digit to which percentages are printed. */
const UNIT = 10 ** -(columns.find(({key}) => key === "overheadPct")?.decimals ?? 0);

/** Compares an adapter's row with the one without adapters. Throws if the row prints no percentage. */
export function slowed({method, latencyMs, sd, overheadPct}: Row, plain: {latencyMs: number}): SlowedLatency {
  if (overheadPct === null)
    throw new Error(`latency: the row of ${method} prints no slow-down; a row of an adapter needs one`);
  const added = latencyMs / plain.latencyMs - 1;
  const agrees = Math.round((100 * added) / UNIT) === Math.round(overheadPct / UNIT);
  return {method, ms: latencyMs, spread: sd, added, printed: overheadPct, agrees};
}

function settingOf(rows: readonly Row[]): Table1Setting {
  const [plain, l, h] = rows;
  if (!plain || !l || !h || rows.length !== 3 || l.adapterParamsM === null)
    throw new Error(
      `latency: a setting of Table 1 has ${rows.length} rows; one without adapters and two with were due`,
    );
  return {
    name: nameOf(plain),
    batch: plain.batch,
    tokens: plain.seqLen,
    millions: l.adapterParamsM,
    plain: {method: plain.method, ms: plain.latencyMs, spread: plain.sd},
    adapters: {l: slowed(l, plain), h: slowed(h, plain)},
  };
}

/** In the order of the paper: from the largest batch to a single sequence. */
export const settings: readonly Table1Setting[] = [...new Set(rows.map(nameOf))].map((name) =>
  settingOf(rows.filter((row) => nameOf(row) === name)),
);

/** The setting with a single sequence, which guesses are about. */
export const single: Table1Setting = settings.find(({batch}) => batch === 1) ?? settings.at(-1)!;
