import type {HastNode, HastVisitorContext} from "satteri";
import {type Beside, heldAfter, heldBefore} from "./keepTogether.ts";

type Node = Readonly<HastNode>;
type Text = Node & {type: "text"};
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

/** What the formulas beside a text take of it: the one before it first. */
function taken(text: Text, ctx: Context): {behind?: string | undefined; ahead?: string | undefined} {
  const behind = isFormula(sibling(text, -1, ctx)) ? heldAfter(text.value) : undefined;
  const rest = text.value.slice(behind?.length ?? 0);
  return {behind, ahead: isFormula(sibling(text, 1, ctx)) ? heldBefore(rest) : undefined};
}

/** What stands at a formula on one side: in the text beside it, or outside of the element that ends there with it. */
function side(formula: Node, step: 1 | -1, ctx: Context): string | undefined {
  const next = sibling(formula, step, ctx);
  if (next?.type === "text") return step > 0 ? taken(next, ctx).behind : taken(next, ctx).ahead;
  let outer = ctx.parent(formula);
  while (next === undefined && outer && isInline(outer)) {
    // A component may set a sign of its own there.
    if (outer.type === "mdxJsxTextElement") return "";
    const beyond = sibling(outer, step, ctx);
    const held = beyond?.type === "text" ? (step > 0 ? heldAfter : heldBefore)(beyond.value) : undefined;
    if (beyond) return held === undefined ? undefined : "";
    outer = ctx.parent(outer);
  }
  return undefined;
}

/** What stands at a formula of the tree without a space. */
export const besideOf = (formula: Node, ctx: Context): Beside => ({
  before: side(formula, -1, ctx),
  after: side(formula, 1, ctx),
});

/** What is left of a text once the formulas beside it have what stands at them. */
export function left(text: Text, ctx: Context): string {
  const {behind = "", ahead = ""} = taken(text, ctx);
  return text.value.slice(behind.length, text.value.length - ahead.length);
}
