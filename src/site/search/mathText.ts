/** Digits as subscripts. */
const subscripts: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789"].map((d, i) => [d, "₀₁₂₃₄₅₆₇₈₉"[i]!]),
);
/** Superscripts that have a sign of their own in Unicode. */
const superscripts: Readonly<Record<string, string>> = {2: "²", 3: "³", "⊤": "ᵀ", T: "ᵀ"};

/** A part of a fraction or power, in brackets unless it is a single name or number. */
const bracketed = (text: string) => (/^[\p{L}\p{N}.₀-₉]*$/u.test(text) ? text : `(${text})`);

/** A formula in MathML as plain text: "h = W₀x + α/r BAx". */
export function mathText(node: Element): string {
  const kids = Array.from(node.children);
  const part = (i: number) => (kids[i] ? mathText(kids[i]) : "");
  switch (node.localName) {
    case "annotation":
      return "";
    case "mi":
    case "mn":
    case "mtext":
      return node.textContent ?? "";
    case "mo":
      return operator(node.textContent ?? "");
    case "mspace":
      return " ";
    case "mfrac":
      return `${bracketed(part(0))}/${bracketed(part(1))}`;
    case "msqrt":
      return `√${bracketed(kids.map(mathText).join(""))}`;
    case "msub":
    case "munder":
      return part(0) + subscript(part(1));
    case "msup":
    case "mover":
      return part(0) + (superscripts[part(1)] ?? `^${bracketed(part(1))}`);
    case "msubsup":
    case "munderover":
      return `${part(0)}${subscript(part(1))}${superscripts[part(2)] ?? `^${bracketed(part(2))}`}`;
    case "mtr":
    case "mtd":
      return `${kids.map(mathText).join("")} `;
    default:
      return kids.map(mathText).join("");
  }
}

/** A subscript: a number in small digits, anything else as it is. */
const subscript = (text: string) => (/^\d+$/.test(text) ? text.replace(/\d/g, (d) => subscripts[d]!) : text);

/** Relations and binary operators get spaces around them, brackets and bars do not. Invisible operators are left out. */
function operator(sign: string): string {
  if (/^[\u2061-\u2064]$/.test(sign)) return "";
  return /^[=+−·×≤≥≪≫≈<>→∈∼,;:]$/.test(sign) ? ` ${sign} `.replace(/^ (?=[,;:])/, "") : sign;
}
