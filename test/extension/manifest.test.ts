import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands, contexts, settings, views } from "../../extension/manifest.ts";
import manifest from "../../package.json";

const { contributes } = manifest;

test("commands are those of package.json", () => {
  expect(contributes.commands.map(command => command.command).sort()).toEqual(Object.values(commands).sort());
});

test("settings and their defaults are those of package.json", () => {
  const declared = Object.entries(contributes.configuration.properties).map(([id, spec]) => [
    id,
    spec.default,
  ]);
  expect(declared).toEqual(Object.values(settings).map(setting => [setting.id, setting.default]));
});

test("every setting has a description and is restricted in an untrusted workspace", () => {
  for (const spec of Object.values(contributes.configuration.properties)) {
    expect(spec.markdownDescription.length).toBeGreaterThan(40);
  }
  expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(
    Object.values(settings).map(setting => setting.id),
  );
});

test("views are those of package.json", () => {
  expect(contributes.viewsContainers.activitybar.map(container => container.id)).toEqual([views.container]);
  expect(contributes.views[views.container].map(view => view.id)).toEqual([
    views.sessions,
    views.changes,
    views.thisFile,
    views.usage,
  ]);
  expect(manifest.activationEvents).toEqual([
    "onStartupFinished",
    `onView:${views.sessions}`,
    `onWebviewPanel:${views.replay}`,
    `onWebviewPanel:${views.bill}`,
    `onWebviewPanel:${views.compare}`,
  ]);
});

test("when clauses and links name only ids that exist", () => {
  const known = [
    ...Object.values(commands),
    ...Object.values(contexts),
    ...Object.values(settings).map(s => s.id),
  ];
  const ids = new Set<string>([...known, ...Object.values(views)]);
  const used = JSON.stringify([contributes.menus, contributes.viewsWelcome]).match(/agentTrace\.\w+/g) ?? [];
  expect(used.filter(id => !ids.has(id))).toEqual([]);
});

test("the newest @types/vscode we compile against is the oldest editor we support", () => {
  expect(`^${manifest.devDependencies["@types/vscode"]}`).toBe(manifest.engines.vscode);
});

test("the README's settings table is generated from package.json", async () => {
  const { settingsTable } = await import("../../.scripts/readme.ts");
  expect(readFileSync("README.md", "utf8")).toContain(settingsTable(manifest));
});
