import assert from "node:assert/strict";
import { ConfigurationTarget, extensions, commands as vscode, workspace } from "vscode";
import { commands, settings } from "../../../extension/manifest.ts";

describe("what the manifest promises", () => {
  before(async () => {
    await extensions.getExtension("agent-trace.agent-trace")?.activate();
  });

  it("every command runs something", async () => {
    const registered = new Set(await vscode.getCommands(true));
    const missing = Object.values(commands).filter(id => !registered.has(id));
    assert.deepEqual(missing, []);
  });

  it("every setting has its default", () => {
    for (const { id, default: value } of Object.values(settings)) {
      assert.deepEqual(workspace.getConfiguration().inspect(id)?.defaultValue, value, id);
    }
  });

  it("a workspace can't point it at folders of its choice", async () => {
    const write = workspace
      .getConfiguration()
      .update(settings.claudeFolders.id, ["/elsewhere"], ConfigurationTarget.Workspace);
    await assert.rejects(async () => write);
  });

  it("its own ports are not announced as a web application", () => {
    const ports = workspace
      .getConfiguration("remote")
      .get<Record<string, { onAutoForward: string }>>("portsAttributes");
    assert.equal(ports?.["8317-8336"]?.onAutoForward, "ignore");
  });
});
