/** Finds the names in a formula or in code, so that they get their colors and highlight parts of the picture. */

/** The symbol that colors a name, and the part of the picture that it highlights. */
interface Name {
  symbol: string;
  text: string;
  part?: string;
}
/** A piece of a formula or of code: plain text, or a name. */
export type FormulaPiece = string | Name;

/** Longest first: how a name is written, its symbol, and the part that it highlights, if any. */
const knownNames = `
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
  .map((line) => line.split(" ") as [written: string, symbol: string, part?: string]);

const escapedNames = knownNames.map(([written]) => written.replace(/[()/]/g, "\\$&"));
const pattern = new RegExp(`((?<![A-Za-z])(?:${escapedNames.join("|")})(?![A-Za-z])(?:\\[[^\\]]*])?)`);

/** Splits a text into tokens: each known name with its indices is one, and the text between them stays text. */
export const symbolTokens = (text: string): FormulaPiece[] =>
  text.split(pattern).flatMap((piece, i): FormulaPiece[] => {
    if (i % 2 === 0) return piece ? [piece] : [];
    const [, symbol, part] = knownNames.find(([written]) => piece.startsWith(written))!;
    return [{symbol, text: piece, part}];
  });
