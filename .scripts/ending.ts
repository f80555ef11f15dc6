/** Settles when this process is asked to end: by Ctrl+C, a signal, or the death of the npm that started it. */
export function asked(): Promise<true> {
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  const parent = process.ppid;
  return new Promise(resolve => {
    for (const name of signals) process.once(name, () => resolve(true));
    // npm hands a signal to its shell, which dies of it and tells nobody.
    setInterval(() => process.ppid !== parent && resolve(true), 500).unref();
  });
}
