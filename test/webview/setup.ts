import { configure } from "@testing-library/preact";
import { vi } from "vitest";

// A machine that is busy is not a defect.
configure({ asyncUtilTimeout: 20_000 });

// happy-dom lacks the style sheets that the toolkit builds on. Here its elements stay plain ones; the real
// controls are tested in the real VS Code.
const element = () => ({});
vi.mock("@vscode/webview-ui-toolkit", () => ({
  provideVSCodeDesignSystem: () => ({ register: () => {} }),
  vsCodeButton: element,
  vsCodeProgressRing: element,
  vsCodeTextField: element,
}));

// Nor has it canvases. What is drawn on them is looked at in Chromium.
vi.mock("uplot", () => ({
  default: class {
    static paths = {};
    batch() {}
    destroy() {}
  },
}));
