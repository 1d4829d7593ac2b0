import {type MdastNode, mdxToMdast} from "satteri";

/** A component or a tag in a text of MDX. */
export interface MdxElement {
  name: string;
  /** Values by name: text without its quotes, code without its braces, "true" for a name alone. Spreads are not listed. */
  attributes: Readonly<Record<string, string>>;
  /** Where the element starts in the text, counted from 1. */
  line: number;
}

function within(node: MdastNode): MdxElement[] {
  const inner = "children" in node ? node.children.flatMap(within) : [];
  if ((node.type !== "mdxJsxFlowElement" && node.type !== "mdxJsxTextElement") || node.name === null) return inner;
  const attributes = node.attributes.flatMap((one): [string, string][] => {
    if (one.type !== "mdxJsxAttribute") return [];
    const {value} = one;
    return [[one.name, typeof value === "string" ? value : (value?.value.trim() ?? "true")]];
  });
  return [
    {name: node.name, attributes: Object.fromEntries(attributes), line: node.position?.start.line ?? 0},
    ...inner,
  ];
}

/** A build reads the same chapters many times. */
const parsed = new Map<string, readonly MdxElement[]>();

/**
 * Every element of a text of MDX in its order, inner ones after the one around them. Code, formulas and comments hold none,
 * and elements inside an expression in braces are not read.
 */
export function elementsOf(mdx: string): readonly MdxElement[] {
  let found = parsed.get(mdx);
  if (!found) {
    found = within(mdxToMdast(mdx, {features: {math: true, headingAttributes: true}}));
    parsed.set(mdx, found);
  }
  return found;
}
