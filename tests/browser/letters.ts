/**
 * The texts below an element that are shown in letters of less than 11 px, each with its size as a reader sees it: a picture's
 * letters grow and shrink with the picture. What only screen readers read does not count, nor do the scripts of set formulas
 * and exponents, which are as small as mathematics has them. Runs on the page.
 */
export function tooSmall(root: Element): string[] {
  const isSeen = (node: Element) => (node as HTMLElement).checkVisibility() && node.getBoundingClientRect().width > 1;
  return [...root.querySelectorAll("*")].flatMap((node) => {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim());
    if (
      !own ||
      node.localName === "title" ||
      node.closest(".spoken, .katex, .exponent, script, style") ||
      !isSeen(node)
    )
      return [];
    const svg = node.closest("svg");
    const scale = svg && node !== svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const size = Number.parseFloat(getComputedStyle(node).fontSize) * scale;
    // Words without size are not shown: another sign stands for them.
    if (size === 0 || size >= 10.99) return [];
    const figure = node.closest("lora-widget")?.getAttribute("name") ?? "";
    return [
      `${figure} ${node.localName}.${node.getAttribute("class") ?? ""} “${node.textContent?.trim().slice(0, 20)}” ${size.toFixed(1)} px`,
    ];
  });
}
