/** Every reader of what comes from outside, each with texts that are nearly good. */

import {compareBackup} from "../../src/book/kept/backup.ts";
import {KEY_PREFIX} from "../../src/book/kept/entries.ts";
import {countedAll, valueText} from "../../src/book/kept/kindNames.ts";
import {openStore} from "../../src/book/kept/store.ts";
import {typedNumber} from "../../src/book/quiz/typedNumber.ts";
import {readHostOptions} from "../../src/embed/frame/hostOptions.ts";
import {resizerName} from "../../src/embed/frame/otherHosts.ts";
import {orderTypes, readOrder} from "../../src/embed/frame/readOrder.ts";
import {bytesOf} from "../../src/engine/adapters/dtype.ts";
import {moduleMatcher} from "../../src/engine/adapters/pattern.ts";
import {readAdapter} from "../../src/engine/adapters/peft.ts";
import {readSafetensors, recognizeForeign, tensorBytes} from "../../src/engine/adapters/safetensors.ts";
import type {Controls} from "../../src/figure/controls.ts";
import {parse} from "../../src/figure/parse.ts";
import {commonOptions, readOptions} from "../../src/figure/state/commonOptions.ts";
import {locksOf} from "../../src/figure/state/locks.ts";
import {unpack} from "../../src/figure/state/packed.ts";
import {loadWidget, widgetNames} from "../../src/figures/registry.ts";
import {MAX_CELLS_LENGTH, MAX_SIDE, readCells, writeCells} from "../../src/figures/shared/matrixText.ts";
import {fileOf, mutants} from "../engine/adapters/mutants.ts";
import {outside} from "../figures/promises/properties.ts";
import {hostileQuery} from "./hostileQuery.ts";
import {mutateText, mutateValue, oneOf, type Random} from "./mutate.ts";
import * as good from "./samples.ts";
import {storageOf} from "./storage.ts";

/** Characters that a sentence to the reader may have. */
const LONGEST = 700;

/** A reader: how to make an input for it, and what is wrong with what it makes of that. */
export interface Reader<T> {
  make(random: Random): T;
  /** `read` is timed and may not throw; the sentences on what is wrong are found afterwards, by the function that it returns. */
  read(input: T): () => readonly string[];
  /** The input as a person would write it down; as JSON where this is absent. */
  write?(input: T): string;
}

const tooLong = (sentences: readonly (string | undefined)[]) =>
  sentences.flatMap((one) => ((one?.length ?? 0) > LONGEST ? [`a sentence of ${one!.length} characters`] : []));

/** Runs a reader that refuses by throwing: what it throws must be a plain Error whose sentence begins so. */
function refused<T>(begins: RegExp, f: () => T): {value?: T; wrong: string[]} {
  try {
    return {value: f(), wrong: []};
  } catch (error) {
    const {message} = error as Error;
    const isPlain = Object.getPrototypeOf(error) === Error.prototype && begins.test(message);
    return {wrong: [...(isPlain ? [] : [`refused by ${error}`]), ...tooLong([message])]};
  }
}

/** The whole way of an address: the query, what is packed in it, what is asked of every widget, and the gate. */
const query = async (): Promise<Reader<{name: string; text: string}>> => {
  const widgets = new Map(await Promise.all(widgetNames.map(async (name) => [name, await loadWidget(name)] as const)));
  return {
    make(random) {
      const name = oneOf(random, widgetNames);
      return {name, text: hostileQuery(name, widgets.get(name)!, random)};
    },
    write: ({name, text}) => `/widgets/${name}/?${text}`,
    read({name, text}) {
      const w = widgets.get(name as (typeof widgetNames)[number])!;
      const came = Object.fromEntries(new URLSearchParams(text));
      const packed = came.s === undefined ? {state: {}, notes: []} : unpack(came.s);
      const raw = {...packed.state, ...came};
      const {params, notes} = parse(w.controls as Controls, raw, {boundsOf: w.bounds});
      const asked = readOptions(raw);
      const may = locksOf(w.controls as Controls, asked.params);
      return () => [
        ...outside(w, params).map((one) => `outside its control: ${one}`),
        ...tooLong([...packed.notes, ...notes, ...asked.notes, ...may.notes]),
        ...Object.entries(commonOptions).flatMap(([key, option]) =>
          option.kind === "choice" && !Object.hasOwn(option.options, asked.params[key as keyof typeof commonOptions])
            ? [`${key} is ${asked.params[key as keyof typeof commonOptions]}`]
            : [],
        ),
        ...[...may.locked, ...may.unseen, ...may.fixed]
          .filter((key) => !Object.hasOwn(w.controls, key))
          .map((key) => `${key} is no control`),
      ];
    },
  };
};

const packed: Reader<string> = {
  make(random) {
    const state = mutateValue({r: 8, source: "noise", cells: "1,2;3,4"}, random);
    const whole = random() < 0.5 ? {v: 1, state} : mutateValue({v: 1, state}, random);
    const word = Buffer.from(JSON.stringify(whole) ?? "").toString("base64url");
    return random() < 0.7 ? mutateText(word, random) : word;
  },
  read(text) {
    const {state, notes} = unpack(text);
    return () => [...tooLong(notes), ...(typeof state === "object" && state !== null ? [] : [`state is ${state}`])];
  },
};

const frame: Reader<string> = {
  make: (random) => mutateText(oneOf(random, good.addresses), random),
  read(text) {
    const at = text.includes("#") ? text.indexOf("#") : text.length;
    const asked = readHostOptions({search: text.slice(0, at), hash: text.slice(at)});
    return () => {
      const words = [asked.id, asked.secret, asked.childId].filter((one) => one !== undefined);
      const isOrigin =
        asked.origin === undefined || asked.origin === null || /^[a-z+.-]+:\/\/[^/]+$/.test(asked.origin);
      return [
        ...tooLong(asked.notes),
        ...words.filter((one) => !/^[\w-]{1,64}$/.test(one)).map((one) => `the word ${one}`),
        ...(isOrigin ? [] : [`the origin ${asked.origin}`]),
      ];
    };
  },
};

const message: Reader<unknown> = {
  make: (random) =>
    random() < 0.1
      ? mutateText(oneOf(random, good.greetings), random)
      : mutateValue(oneOf(random, good.orders), random),
  read(data) {
    const order = readOrder(data);
    const name = resizerName(data);
    return () => {
      if (name !== undefined && (name.length > 200 || name.includes(":"))) return [`resizerName by ${name}`];
      if (!order) return [];
      if ("refused" in order) return tooLong([order.refused]);
      const values = [...Object.values(order.state), ...Object.values(order.options)].flat();
      return [
        ...(orderTypes.includes(order.type) ? [] : [`type is ${order.type}`]),
        ...values
          .filter((value) => !["number", "boolean", "string"].includes(typeof value))
          .map((value) => `a value is ${value}`),
      ];
    };
  },
};

const matrix: Reader<string> = {
  make: (random) => mutateText(oneOf(random, good.matrices), random),
  read(text) {
    const {matrix, problem} = readCells(text);
    const link = matrix && writeCells(matrix);
    return () => {
      if (!matrix || !link) return tooLong([problem]);
      const back = readCells(link.text).matrix;
      const largest = matrix.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const slack = link.exact ? 0 : (largest / 127) * 0.501;
      const isBack = back?.data.every((x, i) => Math.abs(x - matrix.data[i]!) <= slack);
      return [
        ...(matrix.data.every((x) => Math.abs(x) <= 1e100) ? [] : ["a number is none, or too large"]),
        ...(matrix.rows <= MAX_SIDE && matrix.cols <= MAX_SIDE ? [] : [`${matrix.rows} × ${matrix.cols}`]),
        ...(link.text.length <= MAX_CELLS_LENGTH ? [] : [`a link of ${link.text.length} characters`]),
        ...(isBack ? [] : [`a link does not bring it back: ${link.text.slice(0, 60)}`]),
      ];
    };
  },
};

const number: Reader<readonly [text: string, unit: string]> = {
  make(random) {
    const [text, unit] = oneOf(random, good.numbers);
    return [mutateText(text, random), unit];
  },
  read([text, unit]) {
    const {value, problem} = typedNumber(text, {unit});
    return () => (value === undefined ? tooLong([problem]) : Number.isFinite(value) ? [] : [`it is ${value}`]);
  },
};

/** A chosen backup, loaded as the page loads it. */
const copy: Reader<string> = {
  make(random) {
    const text = JSON.stringify(mutateValue(good.kept, random));
    return random() < 0.5 ? mutateText(text, random) : text;
  },
  write: String,
  read(text) {
    const store = openStore(() =>
      storageOf({[`${KEY_PREFIX}keep`]: "yes", [`${KEY_PREFIX}chapter:the-update`]: '"visited"'}),
    );
    try {
      const found = compareBackup(store, text);
      const all = [...found.added, ...found.changed];
      store.setAll(all);
      const shown = store.entries().map(valueText);
      return () => [
        ...tooLong([...found.problems, store.trouble(), countedAll(all)]),
        ...shown.filter((one) => typeof one !== "string").map((one) => `shown is ${one}`),
      ];
    } catch (error) {
      // The page says so in words where a file is nested too deeply.
      return () => (error instanceof RangeError ? [] : [`threw ${error}`]);
    }
  },
};

/** A device on which other programs, other versions and accidents have written. */
const device: Reader<Record<string, string>> = {
  make(random) {
    const items = good.kept.items.map(({kind, id, value}): [string, string] => [
      `${KEY_PREFIX}${random() < 0.3 ? mutateText(`${kind}:${id}`, random) : `${kind}:${id}`}`,
      random() < 0.5 ? mutateText(JSON.stringify(value), random) : (JSON.stringify(mutateValue(value, random)) ?? ""),
    ]);
    const word = random() < 0.8 ? "yes" : mutateText("yes", random);
    return Object.fromEntries([...items, [`${KEY_PREFIX}keep`, word]]);
  },
  read(items) {
    const store = openStore(() => storageOf(items));
    const shown = store.entries().map(valueText);
    store.set("words", "chapter-4", "Mine.");
    const mine = store.get("words", "chapter-4");
    return () => [
      ...tooLong([store.trouble()]),
      ...shown.filter((one) => typeof one !== "string").map((one) => `shown is ${one}`),
      ...(mine === "Mine." ? [] : [`what was just kept is ${mine}`]),
    ];
  },
};

const safetensors: Reader<Uint8Array> = {
  make: (random) => mutants(random)(),
  write: (file) => JSON.stringify(Buffer.from(file).toString("latin1")),
  read(file) {
    const {wrong} = refused(/^safetensors: /, () => {
      const opened = readSafetensors(file);
      for (const [name, {dtype, shape}] of opened.tensors)
        if (tensorBytes(opened, name).length !== bytesOf(name, dtype, shape)) throw new Error("of another size");
    });
    const kind = recognizeForeign(file);
    return () => [...wrong, ...tooLong([kind])];
  },
};

/** An adapter's folder: its config or its weights damaged, or one adapter's config beside another's weights. */
const adapter: Reader<{config: string; weights: Uint8Array}> = {
  make(random) {
    const [one, other] = [oneOf(random, good.adapterFiles), oneOf(random, good.adapterFiles)];
    const data = random() < 0.5 ? JSON.stringify(mutateValue(JSON.parse(one.config), random)) : one.config;
    const config = random() < 0.5 ? mutateText(data, random) : data;
    const {weights} = random() < 0.8 ? one : other;
    if (random() < 0.5) return {config, weights};
    const length = new DataView(weights.buffer, weights.byteOffset).getUint32(0, true);
    const header = new TextDecoder().decode(weights.subarray(8, 8 + length));
    const mutant =
      random() < 0.5 ? JSON.stringify(mutateValue(JSON.parse(header), random)) : mutateText(header, random);
    return {config, weights: fileOf(mutant, weights.length - 8 - length)};
  },
  write: ({config, weights}) => `${config} and ${JSON.stringify(Buffer.from(weights).toString("latin1"))}`,
  read({config, weights}) {
    const {value, wrong} = refused(/^(safetensors|peft|inspect): /, () =>
      readAdapter(config, readSafetensors(weights)),
    );
    return () => [
      ...wrong,
      ...tooLong(value?.notes ?? []),
      ...[...(value?.modules ?? [])].flatMap(([name, {A, B, r}]) =>
        A.rows === r && B.cols === r && A.data.length === r * A.cols && B.data.length === r * B.rows
          ? []
          : [`${name} does not fit`],
      ),
    ];
  },
};

const pattern: Reader<{pattern: string; names: string[]}> = {
  make: (random) => ({
    pattern: mutateText(oneOf(random, good.patterns), random),
    names: Array.from({length: 20}, () => mutateText("model.layers.12.self_attn.q_proj", random)),
  }),
  read({pattern, names}) {
    const budget = {steps: 20_000_000};
    const {wrong} = refused(/^peft: /, () => {
      const matches = moduleMatcher(pattern);
      return names.map((name) => matches?.(name, budget));
    });
    return () => wrong;
  },
};

// biome-ignore lint/suspicious/noExplicitAny: each reader has inputs of its own kind.
export const readers: Readonly<Record<string, () => Reader<any> | Promise<Reader<any>>>> = {
  "address-of-a-page": query,
  "packed-state": () => packed,
  "address-of-a-frame": () => frame,
  message: () => message,
  "pasted-matrix": () => matrix,
  "typed-number": () => number,
  "kept-copy": () => copy,
  "kept-here": () => device,
  safetensors: () => safetensors,
  adapter: () => adapter,
  "name-pattern": () => pattern,
};
