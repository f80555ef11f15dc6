import { ProgressLocation, window } from "vscode";
import { count } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import { fetchPrices, PRICE_SOURCE } from "./fetch-prices.ts";

/** Fetches the list of prices anew, after saying what that does. */
export async function refreshPrices(owner: Owner): Promise<void> {
  const detail =
    `The list is read from ${new URL(PRICE_SOURCE).host}, where the price package @pydantic/genai-prices is kept. ` +
    "Nothing of yours is sent. All costs are then counted anew; your own prices (agentTrace.prices) stay.";
  const yes = "Refresh";
  if (
    (await window.showInformationMessage("Refresh the prices of models?", { modal: true, detail }, yes)) !==
    yes
  )
    return;
  const title = "Refreshing prices…";
  const { models, changed } = await window.withProgress(
    { location: ProgressLocation.Notification, title },
    async () => owner.takePrices(await fetchPrices()),
  );
  const many = count(models, "model");
  void window.showInformationMessage(
    changed
      ? `The prices of ${many} are up to date; costs are counted anew.`
      : `The prices of ${many} were up to date.`,
  );
}
