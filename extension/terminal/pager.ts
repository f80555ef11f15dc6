import { spawn } from "node:child_process";
import { once } from "node:events";

/** Shows what does not fit on the screen page by page; false where there is no pager to do it. */
export async function page(text: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const pager = env.PAGER ?? "less";
  if (pager === "") return false;
  // Colours are kept, and less goes away by itself where nothing is left to show, as git has it.
  const child = spawn(pager, {
    ...{ shell: true, stdio: ["pipe", "inherit", "inherit"] },
    env: { LESS: "FRX", LV: "-c", ...env },
  });
  // Whoever has seen enough leaves it before it has read all.
  child.stdin?.on("error", () => {});
  child.stdin?.end(text);
  const [code] = await once(child, "close").catch(() => [NOT_FOUND]);
  return code !== NOT_FOUND;
}

/** A shell's answer about a program that is not there. */
const NOT_FOUND = 127;
