/** Sets the text of elements, only where it changes. */

/** Elements whose content browsers show as plain text, so that no exponent can be raised. */
const plainTextTags = ["title", "option", "textarea"];

/** The type of a text node. */
const TEXT_NODE = 3;

/**
 * Sets an element's text only if it changes: screen readers announce every write, and drop those that come too fast. Exponents
 * ("10⁻⁸") are raised.
 */
export function put(element: Element, text: string) {
  const visibleText = plainTextTags.includes(element.localName) ? text : flatText(text);
  if (element.textContent === visibleText) return;
  const onlyChild = element.firstChild;
  // A new text node would make the browser lay out its element from scratch and match every `:has()` again.
  if (text && visibleText === text && onlyChild?.nodeType === TEXT_NODE && !onlyChild.nextSibling)
    onlyChild.nodeValue = text;
  else if (visibleText === text) element.textContent = text;
  else raise(element, text);
}

/** The raised digits, in their order. */
const RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Exponents that are raised by markup: all of ten, and others with a digit that our fonts lack. The fonts have ¹, ² and ³ alone, and
 * digits from several fonts would differ in size.
 */
const EXPONENT = /(?<=10)[⁻⁰¹²³⁴-⁹]+|[¹²³]*[⁻⁰⁴-⁹][⁻⁰¹²³⁴-⁹]*/g;

/** "⁻⁸" → "−8" */
const plainExponent = (exponent: string): string =>
  [...exponent].map((sign) => (sign === "⁻" ? "−" : RAISED_DIGITS.indexOf(sign))).join("");

/** The text of an element that shows `text` with raised exponents: "10⁻⁸" → "10−8". */
const flatText = (text: string): string => text.replace(EXPONENT, plainExponent);

/** By how many units exponents in a drawing are shifted up: SVG has no `sup`, and no style that raises text in every browser. */
const RISE = 4;

/** Writes `text` with each exponent in a `sup`, in a drawing in a `tspan`. Both have the class "exponent". */
function raise(element: Element, text: string) {
  const document = element.ownerDocument;
  const isDrawing = element.localName === "text" || element.localName === "tspan";
  const make = (content: string, shift: number) => {
    const piece = isDrawing
      ? document.createElementNS("http://www.w3.org/2000/svg", "tspan")
      : document.createElement("sup");
    piece.textContent = content;
    if (isDrawing && shift) piece.setAttribute("dy", String(shift));
    if (shift < 0) piece.setAttribute("class", "exponent");
    return piece;
  };
  const pieces: (Node | string)[] = [];
  let end = 0;
  const upTo = (next: number) => {
    const between = text.slice(end, next);
    // In a drawing, the text after an exponent is shifted down again.
    if (between) pieces.push(isDrawing ? make(between, pieces.length && RISE) : between);
  };
  for (const {0: exponent, index} of text.matchAll(EXPONENT)) {
    upTo(index);
    pieces.push(make(plainExponent(exponent), -RISE));
    end = index + exponent.length;
  }
  upTo(text.length);
  element.replaceChildren(...pieces);
}
