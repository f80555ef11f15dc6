import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
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
          setupFiles: ["test/vscode/setup.ts"],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          retry: 0,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          environment: "node",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 20_000,
        },
      },
      { extends: true, test: { name: "clone", environment: "node", include: ["test/clone/**/*.test.ts"] } },
    ],
  },
});
