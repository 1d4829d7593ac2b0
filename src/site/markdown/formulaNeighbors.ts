import type {HastNode, HastVisitorContext} from "satteri";
import {joinedAfter, joinedBefore, type Neighbors} from "./keepTogether.ts";

type Node = Readonly<HastNode>;
type Text = Node & {type: "text"};
type Context = Pick<HastVisitorContext, "parent" | "indexOf">;

const INLINE = /^(em|strong|a|del|span)$/;
/** Whether a node is an inline element, which may have a formula at its edge. */
const isInline = (node: Node) =>
  node.type === "mdxJsxTextElement" || (node.type === "element" && INLINE.test(node.tagName));

/** Whether a node is an inline formula, as Sätteri parses it. */
export const isFormula = (node: Node | undefined): boolean =>
  node?.type === "element" &&
  node.tagName === "code" &&
  Array.isArray(node.properties.className) &&
  node.properties.className.includes("math-inline");

/** The node after (1) or before (−1) this one in its parent. */
const sibling = (node: Node, step: 1 | -1, ctx: Context): Node | undefined => {
  const parent = ctx.parent(node);
  const at = ctx.indexOf(node);
  return parent && at !== undefined ? parent.children[at + step] : undefined;
};

/** The start and the end of a text that join the formulas next to it; the formula before the text comes first. */
function joinedParts(text: Text, ctx: Context): {start?: string | undefined; end?: string | undefined} {
  const start = isFormula(sibling(text, -1, ctx)) ? joinedAfter(text.value) : undefined;
  const rest = text.value.slice(start?.length ?? 0);
  return {start, end: isFormula(sibling(text, 1, ctx)) ? joinedBefore(rest) : undefined};
}

/** The text that touches a formula on one side, which may be outside the element that the formula begins or ends. */
function neighbor(formula: Node, step: 1 | -1, ctx: Context): string | undefined {
  const next = sibling(formula, step, ctx);
  if (next?.type === "text") return step > 0 ? joinedParts(next, ctx).start : joinedParts(next, ctx).end;
  let outer = ctx.parent(formula);
  while (next === undefined && outer && isInline(outer)) {
    // A component may print something of its own between the formula and the text.
    if (outer.type === "mdxJsxTextElement") return "";
    const beyond = sibling(outer, step, ctx);
    const joined = beyond?.type === "text" ? (step > 0 ? joinedAfter : joinedBefore)(beyond.value) : undefined;
    if (beyond) return joined === undefined ? undefined : "";
    outer = ctx.parent(outer);
  }
  return undefined;
}

/** The text that touches a formula of the tree without a space. */
export const neighborsOf = (formula: Node, ctx: Context): Neighbors => ({
  before: neighbor(formula, -1, ctx),
  after: neighbor(formula, 1, ctx),
});

/** A text without the parts that join the formulas next to it. */
export function remainingText(text: Text, ctx: Context): string {
  const {start = "", end = ""} = joinedParts(text, ctx);
  return text.value.slice(start.length, text.value.length - end.length);
}
