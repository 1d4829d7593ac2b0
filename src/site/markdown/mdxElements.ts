import {type MdastNode, mdxToMdast} from "satteri";

/** A component or a tag in a text of MDX. */
export interface MdxElement {
  name: string;
  /** Values by name: text without its quotes, code without its braces, "true" for a name without a value. Spreads are not listed. */
  attributes: Readonly<Record<string, string>>;
  /** Where the element starts in the text, counted from 1. */
  line: number;
}

/** The element that a node is, or undefined where it is none: text, a list, an expression. */
export function elementAt(node: Readonly<MdastNode>): MdxElement | undefined {
  if ((node.type !== "mdxJsxFlowElement" && node.type !== "mdxJsxTextElement") || node.name === null) return undefined;
  const attributes = node.attributes.flatMap((one): [string, string][] => {
    if (one.type !== "mdxJsxAttribute") return [];
    const {value} = one;
    return [[one.name, typeof value === "string" ? value : (value?.value.trim() ?? "true")]];
  });
  return {name: node.name, attributes: Object.fromEntries(attributes), line: node.position?.start.line ?? 0};
}

/** The element that a node is, and all elements below it. */
function within(node: MdastNode): MdxElement[] {
  const inner = "children" in node ? node.children.flatMap(within) : [];
  const own = elementAt(node);
  return own ? [own, ...inner] : inner;
}

/** A text of MDX as a tree, parsed as a build does. */
export const mdxTree = (mdx: string): MdastNode => mdxToMdast(mdx, {features: {math: true, headingAttributes: true}});

/** The elements of each text read so far: a build reads the same chapters many times. */
const elementCache = new Map<string, readonly MdxElement[]>();

/**
 * Every element of a text of MDX in its order, inner ones after the one around them. Code, formulas and comments hold none,
 * and elements inside an expression in braces are not read.
 */
export function elementsOf(mdx: string): readonly MdxElement[] {
  let elements = elementCache.get(mdx);
  if (!elements) {
    elements = within(mdxTree(mdx));
    elementCache.set(mdx, elements);
  }
  return elements;
}
