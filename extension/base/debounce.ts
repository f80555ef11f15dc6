/** Calls `work` once, `wait()` ms after the first of several calls: a burst of hints becomes one question. */
export function debounce(work: () => void, wait: () => number): { (): void; close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const run = () => {
    timer = undefined;
    work();
  };
  const call = () => {
    timer ??= setTimeout(run, wait());
  };
  return Object.assign(call, { close: () => clearTimeout(timer) });
}
