import type { Disposable, Webview } from "vscode";
import { reason } from "../base/expected-error.ts";
import type { Call, Reply } from "../pages.ts";

/** The methods a webview may call; each answers with a promise. */
type Methods<T> = { [K in keyof T]: (...args: never[]) => Promise<unknown> };

/** Answers a webview's calls with the methods of `host`. Every call ends, in `ok` or in `err`. */
export function answerCalls<T extends Methods<T>>(webview: Webview, host: T): Disposable {
  return webview.onDidReceiveMessage(async (message: Call) => {
    const reply = await answer(host, message);
    await webview.postMessage(reply).then(undefined, () => {}); // the page was closed meanwhile
  });
}

async function answer<T extends Methods<T>>(host: T, { call, method, args }: Call): Promise<Reply> {
  try {
    if (!Object.hasOwn(host, method)) throw new Error(`There is no method ${method}.`);
    return { call, ok: await host[method as keyof T](...(args as never[])) };
  } catch (error) {
    return { call, err: reason(error) };
  }
}
