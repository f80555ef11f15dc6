import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    maxWorkers: 2, // what CI has; by itself vitest would leave one of the two idle
    // A machine that is busy is not a defect; what hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          // A module is loaded once by each worker, not once by each of 160 files: half of the time went there.
          isolate: false,
          setupFiles: ["test/setup.ts"],
          include: [
            "test/extension/**/*.test.ts",
            "test/scripts/**/*.test.ts",
            "test/torture/*.test.ts",
            "test/bench/**/*.test.ts",
          ],
        },
      },
      {
        extends: true,
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        test: {
          name: "webview",
          environment: "happy-dom",
          include: ["test/webview/**/*.test.{ts,tsx}"],
          setupFiles: ["test/webview/setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "vscode",
          environment: "node",
          include: ["test/vscode/**/*.test.ts"],
          // How long a start takes is measured once.
          exclude: process.env.VSCODE_VERSION === "oldest" ? ["test/vscode/activation.test.ts"] : [],
          setupFiles: ["test/vscode/setup.ts"],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // A click that an editor under load has lost is no defect of ours; what was tried twice says so.
          retry: 1,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          environment: "node",
          include: ["test/browser/**/*.test.ts"],
        },
      },
      { extends: true, test: { name: "clone", environment: "node", include: ["test/clone/**/*.test.ts"] } },
    ],
  },
});
