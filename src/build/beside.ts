import type {HastNode, HastVisitorContext} from "satteri";
import {type Beside, heldAfter, heldBefore} from "./bound.ts";

type Node = Readonly<HastNode>;
type Context = Pick<HastVisitorContext, "parent" | "indexOf">;

const INLINE = /^(em|strong|a|del|span)$/;
const isInline = (node: Node) =>
  node.type === "mdxJsxTextElement" || (node.type === "element" && INLINE.test(node.tagName));

/** Whether a node of the tree is a formula in a line, as Sätteri leaves it. */
export const isFormula = (node: Node | undefined): boolean =>
  node?.type === "element" &&
  node.tagName === "code" &&
  Array.isArray(node.properties.className) &&
  node.properties.className.includes("math-inline");

const sibling = (node: Node, step: 1 | -1, ctx: Context): Node | undefined => {
  const parent = ctx.parent(node);
  const at = ctx.indexOf(node);
  return parent && at !== undefined ? parent.children[at + step] : undefined;
};

/** What stands at a formula on one side: in the text beside it, or outside of the element that ends there with it. */
function side(node: Node, step: 1 | -1, ctx: Context): string | undefined {
  const held = step > 0 ? heldAfter : heldBefore;
  const next = sibling(node, step, ctx);
  if (next?.type === "text") return held(next.value);
  let outer = ctx.parent(node);
  while (next === undefined && outer && isInline(outer)) {
    // A component may set a sign of its own there.
    if (outer.type === "mdxJsxTextElement") return "";
    const beyond = sibling(outer, step, ctx);
    if (beyond) return beyond.type === "text" && held(beyond.value) !== undefined ? "" : undefined;
    outer = ctx.parent(outer);
  }
  return undefined;
}

/** What stands at a formula of the tree without a space. Text between two formulas goes with the first as far as it can. */
export function besideOf(formula: Node, ctx: Context): Beside {
  const before = sibling(formula, -1, ctx);
  const isTaken =
    before?.type === "text" && isFormula(sibling(before, -1, ctx)) && heldAfter(before.value) === before.value;
  return {before: isTaken ? undefined : side(formula, -1, ctx), after: side(formula, 1, ctx)};
}

/** What is left of a text once the formulas beside it have what stands at them. */
export function left(text: Node & {type: "text"}, ctx: Context): string {
  const {value} = text;
  const from = isFormula(sibling(text, -1, ctx)) ? (heldAfter(value)?.length ?? 0) : 0;
  const to = isFormula(sibling(text, 1, ctx)) ? (heldBefore(value.slice(from))?.length ?? 0) : 0;
  return value.slice(from, value.length - to);
}
