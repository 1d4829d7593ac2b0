/** Files that only the engine itself uses, or whose exports are called like functions of Math. The main entry leaves them out. */
const internalFiles = [
  "linalg/(bidiagonal|diagonalize|elementary|exponent|reflect|rotations|segments)",
  "adapters/(base64|halves|json|pattern|peft(ConfigWriter|Rules)|siteBase)",
  "kernels/(?!(adapters|createKernels|decoder|heap|kernels|training)\\.ts)[^/]+",
  "(last|wording)",
];
/** Checks of arguments and other helpers that only neighboring files use. */
const sharedHelpers =
  /^(need[A-Z]\w*|accumulate|fixSigns|isWideFloat|shapeText|bytesOf|exactPattern|loraAlpha|floatTensor|HEADER_AT|PREFIX|EMPTY_CONFIG|inFloat64|recognizeForeign|familyFile|familySpecs|partShapes|peftFiles|tensorFrom|updatesFrom|withExperts|zerosLike|storedMagnitude|meanSquares|truncatedFactors|countOf)$/;

/** Whether the main entry has an export: `name` of the file `path` below src/engine/. */
export const isPublic = (path: string, name: string): boolean =>
  !new RegExp(`^(${internalFiles.join("|")})(\\.ts)?$`).test(path) && !sharedHelpers.test(name);

/**
 * The name under which a file of the engine is imported, from its path below src/engine/: `linalg/svd.ts` → `svd`,
 * `lora/variants/dora.ts` → `variants/dora`. Files can move to another folder without breaking an import.
 */
export const publicName = (path: string): string =>
  path.replace(/^(linalg|lora|analysis|network|training|memory|adapters)\//, "").replace(/\.ts$/, "");
