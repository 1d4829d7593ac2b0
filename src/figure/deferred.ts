/** A promise with the functions that settle it. A rejection that nobody awaits is no error. */
interface Deferred<T> {
  readonly promise: Promise<T>;
  isSettled: boolean;
  resolve(value: T): void;
  reject(error: Error): void;
}

/** Makes a deferred promise. */
export function makeDeferred<T>(): Deferred<T> {
  const {promise, resolve, reject} = Promise.withResolvers<T>();
  promise.catch(() => {});
  const result: Deferred<T> = {
    promise,
    isSettled: false,
    resolve(value) {
      result.isSettled = true;
      resolve(value);
    },
    reject(error) {
      result.isSettled = true;
      reject(error);
    },
  };
  return result;
}
