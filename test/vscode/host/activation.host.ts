import assert from "node:assert/strict";
import { extensions } from "vscode";

describe("the extension", () => {
  it("is there and starts", async () => {
    const extension = extensions.getExtension("agent-trace.agent-trace");
    assert.ok(extension, "VS Code does not know agent-trace.agent-trace");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
