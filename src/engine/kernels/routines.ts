import type {StepRoutines} from "./stepRoutines.ts";

/**
 * What both paths can do, as plain calls: places are bytes from the heap's start, sizes and strides are counted in
 * numbers. Nothing is checked here; `kernels.ts` does that. `gemm.as.ts` says what each argument means.
 */
export interface Routines extends StepRoutines {
  /** Bytes that `gemm` needs for itself at `work`. */
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
