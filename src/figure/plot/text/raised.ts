const SMALL = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Exponents to raise: all of ten, and others with a digit that our fonts lack, which have only ¹, ² and ³. With digits from
 * several fonts an exponent would have digits of several sizes.
 */
const EXPONENT = /(?<=10)[⁻⁰¹²³⁴-⁹]+|[¹²³]*[⁻⁰⁴-⁹][⁻⁰¹²³⁴-⁹]*/g;

const ordinary = (exponent: string): string =>
  [...exponent].map((sign) => (sign === "⁻" ? "−" : SMALL.indexOf(sign))).join("");

/** The text of an element that shows `text` with raised exponents: "10⁻⁸" → "10−8". */
export const flat = (text: string): string => text.replace(EXPONENT, ordinary);

/** A drawing's text has no `sup` and no style that raises in every browser, so its exponents are shifted by so many units. */
const RISE = 4;

/** Writes `text` with each exponent in a `sup`, in a drawing in a `tspan`. Both have the class "exponent". */
export function raise(element: Element, text: string) {
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
    pieces.push(make(ordinary(exponent), -RISE));
    end = index + exponent.length;
  }
  upTo(text.length);
  element.replaceChildren(...pieces);
}
