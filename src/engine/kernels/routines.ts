import type {StepRoutines} from "./stepRoutines.ts";

/**
 * The routines of both paths. Addresses are bytes from the heap's start; sizes and strides are counted in numbers.
 * They check nothing; `kernels.ts` does that. `gemm.as.ts` explains the arguments.
 */
export interface Routines extends StepRoutines {
  /** The bytes of working space that `gemm` needs at `work`. */
  scratch(): number;
  gemm(
    transposeA: boolean,
    transposeB: boolean,
    M: number,
    N: number,
    K: number,
    a: number,
    lda: number,
    b: number,
    ldb: number,
    c: number,
    ldc: number,
    add: boolean,
    work: number,
  ): void;
}
