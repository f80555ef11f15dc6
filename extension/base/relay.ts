/** An API that hands each call on to another one, which may not be there yet when it is made. */
export function relay<T extends object>(to: () => T): T {
  const get = (_: T, name: string) =>
    async function relayed(...args: unknown[]): Promise<unknown> {
      const api = to() as Record<string, (...args: unknown[]) => unknown>;
      return api[name]?.(...args);
    };
  return new Proxy({} as T, { get: (target, name) => get(target, String(name)) });
}
