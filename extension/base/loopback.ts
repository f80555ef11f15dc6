const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Whether a Host header names this machine: a page that rebinds its name to 127.0.0.1 still sends its own. */
export function isLoopback(host: string | undefined): boolean {
  return LOOPBACK.test(host ?? "");
}
