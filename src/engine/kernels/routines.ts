/**
 * The routines of both paths, SIMD and plain. Addresses are bytes from the heap's start; sizes and strides are counted in numbers.
 * They check nothing; `kernels.ts` does that. `gemm.as.ts`, `softmax.as.ts`, `norms.as.ts` and `adamw.as.ts` explain the arguments.
 */
export interface Routines {
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
  softmax(x: number, rows: number, columns: number, stride: number, causal: boolean, scale: number): void;
  softmaxBackward(a: number, da: number, n: number, scale: number): void;
  crossEntropy(
    logits: number,
    targets: number,
    rows: number,
    columns: number,
    counted: number,
    margins: number,
    sums: number,
  ): void;
  rmsNorm(x: number, gain: number, y: number, inverse: number, rows: number, columns: number): void;
  rmsNormBackward(
    dy: number,
    x: number,
    gain: number,
    inverse: number,
    dx: number,
    dgain: number,
    rows: number,
    columns: number,
  ): void;
  relu(x: number, length: number): void;
  reluBackward(dy: number, y: number, length: number): void;
  adamw(
    params: number,
    grads: number,
    m: number,
    v: number,
    factors: number,
    length: number,
    shrink: number,
    rate: number,
    beta1: number,
    take1: number,
    beta2: number,
    take2: number,
    scale1: number,
    scale2: number,
    eps: number,
    weightDecay: number,
  ): void;
}
