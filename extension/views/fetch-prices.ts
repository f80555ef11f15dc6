import { REMOTE_DATA_JSON_URL } from "@pydantic/genai-prices";
import { ExpectedError, reason } from "../base/expected-error.ts";

/** Where the price package has its list from. */
export const PRICE_SOURCE = REMOTE_DATA_JSON_URL;
const PATIENCE = 30_000;
/** The list has half a megabyte. */
const MOST = 4_000_000;

/** The list of prices as it is by now. Nothing is sent but the request. */
export async function fetchPrices(url = PRICE_SOURCE, patience = PATIENCE): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
    const text = await answer.text();
    if (text.length > MOST) throw new Error("it is far too long");
    return text;
  } catch (error) {
    throw new ExpectedError(
      `The list of prices could not be fetched: ${reason(error)}. The prices stay as they were; try again later.`,
    );
  }
}
