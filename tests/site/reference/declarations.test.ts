import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {type Declaration, declarationsOf, type FileDeclarations} from "../../../src/site/reference/declarations.ts";

const sample = `/** What the file is for. */
import {type Matrix, scale as times} from "../matrix.ts";

/** Two factors. */
export interface Pair extends Base {
  A: Matrix;
  r: number;
}

const hidden = (x: number) => x;

/**
 * W0 (d × k) → twice W0.
 *
 * Throws never.
 */
export function twice(W0: Matrix, pair: Pair, B: number): Matrix {
  return times(W0, hidden(2));
}

/** Counts up. */
export function* count(to: number): Generator<number> {
  yield to;
}

/** f(step), curried. */
export const curried =
  (rate: number) =>
  (step: number): number =>
    rate * step;

export const SIZES = {
  small: 1,
  large: "a value that is too long to be shown whole, so that only the keys of the object stay",
} as const;
export const LIMIT = 2 ** 4;
export type Key = keyof typeof SIZES;
`;

const read = declarationsOf("src/engine/deep/sample.ts", sample);
const plain = (name: string) => read.declarations.find((one) => one.name === name)!.signature;

test("a file has its comment, its exports and their lines", () => {
  expect(read.about).toBe("What the file is for.");
  expect(read.declarations.map(({name, kind, line}) => `${line} ${kind} ${name}`)).toEqual([
    "5 type Pair",
    "17 function twice",
    "22 function count",
    "27 function curried",
    "32 constant SIZES",
    "36 constant LIMIT",
    "37 type Key",
  ]);
  expect(read.declarations[1]!.doc).toBe("W0 (d × k) → twice W0.\n\nThrows never.");
});

test("signatures have no bodies, types in full, and constants in short", () => {
  expect(plain("twice")).toBe("twice(W0: Matrix, pair: Pair, B: number): Matrix");
  expect(plain("count")).toBe("function* count(to: number): Generator<number>");
  expect(plain("curried")).toBe("curried =\n  (rate: number) =>\n  (step: number): number => …");
  expect(plain("SIZES")).toBe("SIZES = {small, large}");
  expect(plain("LIMIT")).toBe("LIMIT = 2 ** 4");
  expect(plain("Pair")).toBe("interface Pair extends Base {\n  A: Matrix;\n  r: number;\n}");
});

/** What is wrong with a doc comment, if anything. */
function fault(kind: Declaration["kind"], doc: string): string | undefined {
  if (!doc)
    return kind === "function" ? "has no doc comment; say its shapes, what it throws and its source" : undefined;
  const tag = /^@\w+/m.exec(doc)?.[0];
  if (tag) return `has the tag ${tag} in its doc comment; write a sentence instead`;
  if (!/[.:)]$/.test(doc)) return `has a doc comment that ends in “${doc.slice(-12)}”; end it as a sentence`;
  return undefined;
}

/** Faults of a file's doc comments, one sentence each. */
const faults = ({path, declarations}: FileDeclarations): string[] =>
  declarations.flatMap(({name, kind, doc, line}) => {
    const what = fault(kind, doc);
    return what ? [`${path}:${line}: ${name} ${what}`] : [];
  });

test("every exported function of the engine has a doc comment", () => {
  const engine = new URL("../../../src/engine/", import.meta.url).pathname;
  const files = readdirSync(engine, {recursive: true, encoding: "utf8"}).filter((path) => path.endsWith(".ts"));
  const all = files
    .sort()
    .map((path) => declarationsOf(`src/engine/${path}`, readFileSync(join(engine, path), "utf8")));
  expect(all.flatMap(({declarations}) => declarations).length).toBeGreaterThan(200);
  expect(all.flatMap(faults)).toEqual([]);
});
