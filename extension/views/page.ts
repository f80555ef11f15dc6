import { randomBytes } from "node:crypto";
import { Uri, type Webview } from "vscode";
import { currency } from "../base/format.ts";
import { timeZone } from "../base/zone.ts";

/** The HTML of a webview: a frame with a strict policy around the one script and the one style sheet. */
export function pageHtml(webview: Webview, extension: Uri, page: string): string {
  const nonce = randomBytes(16).toString("base64");
  const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(extension, "dist", name));
  const { code, rate } = currency();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${asset("webview.css")}">
</head>
<body data-page="${page}" data-currency="${code}" data-rate="${rate}" data-zone="${timeZone()}">
  <script nonce="${nonce}" src="${asset("webview.js")}"></script>
</body>
</html>`;
}
