/**
 * The name under which a file of the engine is imported, from its path below src/engine/: `linalg/svd.ts` → `svd`,
 * `lora/variants/dora.ts` → `variants/dora`. Files can move to another folder without breaking an import.
 */
export const publicName = (path: string): string =>
  path.replace(/^(linalg|lora|analysis|network|training|memory|files)\//, "").replace(/\.ts$/, "");
