import type {FormulaPiece} from "./drawing/entry.ts";
import type {LayerPart} from "./parts.ts";

/** Names in formulas and code, longest first; each with the symbol that colors it and the part that it highlights, if any. */
const words = `
((α/r)BAx) h up
((α/r)Bᵀg) B du
(W₀x) h base
(Ax) x down
∂L/∂A A da
∂L/∂B B db
∂L/∂x x dx
alpha alpha
base h base
dA A da
dB B db
dW dW
dx x dx
du B du
up h up
ΔW dW
W0 W0 W0
W₀ W0 W0
W W0 w
A A A
B B B
x x x
u x down
h h h
g h g
y h y
α alpha
r r`
  .trim()
  .split("\n")
  .map((line) => line.split(" ") as [written: string, symbol: string, part?: LayerPart]);

const escaped = words.map(([written]) => written.replace(/[()/]/g, "\\$&"));
const pattern = new RegExp(`((?<![A-Za-z])(?:${escaped.join("|")})(?![A-Za-z])(?:\\[[^\\]]*])?)`);

/** Splits a text into tokens: each known name with its indices is one, and the text between them stays text. */
export const symbolTokens = (text: string): FormulaPiece[] =>
  text.split(pattern).flatMap((piece, i): FormulaPiece[] => {
    if (i % 2 === 0) return piece ? [piece] : [];
    const [, symbol, part] = words.find(([written]) => piece.startsWith(written))!;
    return [{symbol, text: piece, part}];
  });
