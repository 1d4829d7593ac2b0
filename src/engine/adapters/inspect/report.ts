/** What was found of an adapter, as files: a table for a spreadsheet, a report for programs, and a Python script that checks it. */

import {type Spot, spotOf} from "../moduleNames.ts";
import {type Check, healthOf, type Summary, sentenceOf} from "./health.ts";
import {answerOf, type LoadingAnswer, loadingOf} from "./loading/loading.ts";
import {READ_ON} from "./loading/rules.ts";
import type {MeasuredUpdate} from "./measure.ts";
import type {OpenedAdapter} from "./open.ts";

/** The columns of the table: each with its name and its value for a module. */
const COLUMNS: readonly (readonly [string, (one: MeasuredUpdate, spot: Spot) => string | number])[] = [
  ["module", ({name}) => name],
  ["network", (_, {network}) => network],
  ["block", (_, {block}) => block],
  ["layer", (_, {layer}) => layer],
  ["matrix", (_, {matrix}) => matrix],
  ["family", ({pair}) => pair.family],
  ["rank", ({r}) => r],
  ["out", ({pair}) => pair.d],
  ["in", ({pair}) => pair.k],
  ["scale", ({scale}) => scale],
  ["scale_from", ({scaleFrom}) => scaleFrom],
  ["norm", ({norm}) => norm],
  ["effective_rank", ({effective}) => effective],
  ["energy_rank", ({energy}) => energy],
  ["rank_90", ({r90}) => r90],
  ["rank_99", ({r99}) => r99],
  ["rms_a", ({rmsA}) => rmsA],
  ["rms_b", ({rmsB}) => rmsB],
  ["a_against_start", ({start}) => start],
  ["singular_values", ({s}) => s.join(" ")],
];

/** A value as a cell of CSV: quoted if it must be; an apostrophe comes before a text that a spreadsheet would take for a formula. */
function csvCell(value: string | number): string {
  const text = typeof value === "number" ? String(value) : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The measured modules as CSV (RFC 4180): a line for each, with numbers in full. */
export function csvOf({measured}: Summary): string {
  const lines = measured.map((one) => {
    const spot = spotOf(one.name);
    return COLUMNS.map(([, value]) => csvCell(value(one, spot))).join(",");
  });
  const head = COLUMNS.map(([name]) => name).join(",");
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

/** An update in the report. */
export interface ReportModule {
  name: string;
  tensors: {A: string; B: string; mid?: string};
  /** Whether A is stored in × r, and B r × out. */
  turned: {A: boolean; B: boolean};
  kind: string;
  rank: number;
  out: number;
  in: number;
  kernel: number[];
  groups: number;
  /** Which of the stacked experts this is, how many there are and how they are stacked; absent for other updates. */
  expert?: {index: number; count: number; stacking: string};
  scale: number;
  scaleFrom: string;
  norm: number;
  singularValues: number[];
  effectiveRank: number;
  energyRank: number;
  rank90: number;
  rank99: number;
}

/** The whole report. */
export interface Report {
  made: string;
  /** Whether the file loads as it was trained, in one sentence; `loading` says it for each reader. */
  answer: string;
  loading: LoadingAnswer & {rulesOf: string};
  /** The worst fault, or else what the ranks say. */
  sentence: string;
  facts: OpenedAdapter["facts"];
  health: Check[];
  notes: string[];
  problems: OpenedAdapter["problems"];
  norm: number;
  modules: ReportModule[];
  unmeasured: {name: string; sentence: string}[];
}

/** The report as a value; `JSON.stringify` it. */
export function reportOf(adapter: OpenedAdapter, summary: Summary): Report {
  const health = healthOf(adapter, summary);
  const loading = loadingOf(adapter);
  return {
    made: "LoRA, live: inspector",
    answer: answerOf(health, loading),
    loading: {...loading, rulesOf: READ_ON},
    sentence: sentenceOf(adapter, summary),
    facts: adapter.facts,
    health,
    notes: adapter.notes,
    problems: adapter.problems,
    norm: summary.norm,
    modules: summary.measured.map((one) => {
      const {pair} = one;
      const index = Number(/\[(\d+)\]$/.exec(one.name)?.[1] ?? 0);
      return {
        name: one.name,
        tensors: {A: pair.A, B: pair.B, ...(pair.mid !== undefined && {mid: pair.mid})},
        turned: pair.turned,
        kind: pair.kind,
        rank: one.r,
        out: pair.d,
        in: pair.k,
        kernel: pair.kernel,
        groups: pair.groups,
        ...(pair.experts > 1 && {expert: {index, count: pair.experts, stacking: pair.stacking}}),
        scale: one.scale,
        scaleFrom: one.scaleFrom,
        norm: one.norm,
        singularValues: [...one.s],
        effectiveRank: one.effective,
        energyRank: one.energy,
        rank90: one.r90,
        rank99: one.r99,
      };
    }),
    unmeasured: summary.unmeasured.map(({name, sentence}) => ({name, sentence})),
  };
}

/**
 * A Python program that needs NumPy and nothing else: it reads the safetensors file by itself, computes ‖ΔW‖ and the
 * singular values of every plain pair of the report anew, and prints the largest differences. Run it as
 * `python check.py adapter_model.safetensors report.json`.
 */
export const pythonCheck = `"""Checks report.json of the inspector: python check.py adapter_model.safetensors report.json"""
import json
import struct
import sys

import numpy as np

data, report = open(sys.argv[1], "rb").read(), json.load(open(sys.argv[2], encoding="utf-8"))
start = 8 + struct.unpack("<Q", data[:8])[0]
header = json.loads(data[8:start])


def tensor(name):
    info = header[name]
    begin, end = info["data_offsets"]
    raw = data[start + begin : start + end]
    if info["dtype"] == "BF16":
        numbers = (np.frombuffer(raw, "<u2").astype("<u4") << 16).view("<f4")
    else:
        numbers = np.frombuffer(raw, {"F64": "<f8", "F32": "<f4", "F16": "<f2"}[info["dtype"]])
    return numbers.astype(np.float64).reshape(info["shape"])


worst_norm, worst_value, checked, left = 0.0, 0.0, 0, 0
for module in report["modules"]:
    names = [module["tensors"]["A"], module["tensors"]["B"]]
    is_plain = not (module["tensors"].get("mid") or module["groups"] > 1 or module.get("expert"))
    if not is_plain or any(header[name]["dtype"] not in ("F64", "F32", "F16", "BF16") for name in names):
        left += 1
        continue
    a, b = (tensor(name) for name in names)
    a = a.T if module["turned"]["A"] else a.reshape(a.shape[0], -1)
    b = b.T if module["turned"]["B"] else b.reshape(b.shape[0], -1)
    r_b, r_a = np.linalg.qr(b)[1], np.linalg.qr(a.T)[1]
    s = abs(module["scale"]) * np.linalg.svd(r_b @ r_a.T, compute_uv=False)
    reported = np.array(module["singularValues"])
    n = min(len(s), len(reported))
    worst_value = max(worst_value, np.abs(s[:n] - reported[:n]).max() / max(s[0], 1e-300))
    worst_norm = max(worst_norm, abs(np.linalg.norm(s) - module["norm"]) / max(module["norm"], 1e-300))
    checked += 1
print(f"{checked} modules checked, {left} of other kinds left out")
print(f"largest difference: {worst_norm:.1e} of the norm, {worst_value:.1e} of the largest singular value")
`;
