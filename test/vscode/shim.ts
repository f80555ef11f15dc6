import { format, parseArgs } from "node:util";
import { main } from "../../.scripts/step.mjs";
import { launchBrowser } from "./browser.ts";
import { throwAwayFolder } from "./folder.ts";
import { hermeticEnv } from "./home.ts";
import { installVSCode } from "./install.ts";
import { type Server, startServer } from "./server.ts";
import { writeSettings } from "./settings.ts";
import { version } from "./version.ts";

const TIMEOUT = 300_000;

/** What a suite prints that is meant for people; all else is VS Code's own talk. */
const SUITE_LINE = /^(✓|✗|-) /;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: "string" }, extensionTestsPath: { type: "string" } },
});

void main(async () => {
  await using data = throwAwayFolder("shim");
  const env = hermeticEnv(process.env.HOME ?? data.path);
  writeSettings(data.path, {});
  const install = await installVSCode(version);
  const server = await startServer({ install, data: data.path, env, args: ["--enable-smoke-test-driver"] });
  try {
    process.exitCode = await runSuite(server, env);
  } finally {
    await server.stop();
  }
});

/** Opens a window with the suite in its extension host, and waits for the result. */
async function runSuite(server: Server, env: NodeJS.ProcessEnv): Promise<number> {
  const browser = await launchBrowser(env);
  try {
    const page = await browser.newPage();
    const code = new Promise<number>((resolve, reject) => {
      page.on("crash", () => reject(new Error("The window crashed")));
      setTimeout(() => reject(new Error(`No result after ${TIMEOUT / 1000} s`)), TIMEOUT).unref();
      // VS Code on the web calls these two when it was started by an automation.
      const done = page.exposeFunction("codeAutomationExit", resolve);
      done
        .then(() => page.exposeFunction("codeAutomationLog", print))
        .then(() => page.goto(address(server)), reject);
    });
    return await code;
  } finally {
    await browser.close();
  }
}

function print(_type: string, args: unknown[]): void {
  const text = format(...args);
  if (SUITE_LINE.test(text)) process.stdout.write(`${text}\n`);
}

function address(server: Server): string {
  const inside = (path: unknown) => `vscode-remote://127.0.0.1:${server.port}${String(path)}`;
  const payload = [
    ["extensionDevelopmentPath", inside(values.extensionDevelopmentPath)],
    ["extensionTestsPath", inside(values.extensionTestsPath)],
    ["skipWelcome", "true"],
  ];
  const query = new URLSearchParams({ folder: positionals[0] ?? "/", payload: JSON.stringify(payload) });
  return `${server.url}?${query}`;
}
