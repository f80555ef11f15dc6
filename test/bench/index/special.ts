import { appendFile, mkdir, open, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type IndexResult, Ours } from "./ours.ts";

/** Files that are harder than what people have: what it takes to read them, and one line more. */
export interface Special {
  name: string;
  first: IndexResult;
  /** When nothing changed, and when one line was appended. */
  warm: IndexResult;
  appended: IndexResult;
}

const MEGA = 1024 * 1024;

export async function specials(folder: string): Promise<Special[]> {
  return [
    await special(folder, "a transcript of 700 MB", path => transcript(path, 700)),
    await special(folder, "a line of 60 MB", async path => {
      await writeFile(path, line("x".repeat(60 * MEGA), 0));
    }),
  ];
}

async function special(
  folder: string,
  name: string,
  write: (path: string) => Promise<void>,
): Promise<Special> {
  const claude = join(folder, "special/.claude");
  await rm(claude, { recursive: true, force: true });
  const path = join(claude, "projects/-home-sam-dev-shop/00000000-0000-4000-8000-000000000001.jsonl");
  await mkdir(dirname(path), { recursive: true });
  await write(path);
  const ours = new Ours(claude, join(folder, "special/home"));
  const first = await ours.cold();
  const warm = await ours.again();
  await appendFile(path, line("one more", 1));
  const appended = await ours.again();
  await rm(join(folder, "special"), { recursive: true, force: true });
  return { name, first, warm, appended };
}

async function transcript(path: string, megabytes: number): Promise<void> {
  const file = await open(path, "w");
  try {
    const text = "const total = items.reduce((sum, item) => sum + item.price, 0);\n".repeat(400);
    for (let i = 0, size = 0; size < megabytes * MEGA; i++) {
      const bytes = line(text, i);
      await file.write(bytes);
      size += bytes.length;
    }
  } finally {
    await file.close();
  }
}

/** What a person said, as the client writes it. */
function line(content: string, number: number): string {
  const second = new Date(Date.UTC(2026, 10, 1) + number * 1000).toISOString();
  return `${JSON.stringify({
    ...{ parentUuid: null, isSidechain: false, type: "user", message: { role: "user", content } },
    ...{ uuid: `00000000-0000-4000-9000-${String(number).padStart(12, "0")}`, timestamp: second },
    ...{ cwd: "/home/sam/dev/shop", sessionId: "00000000-0000-4000-8000-000000000001", version: "2.1.329" },
  })}\n`;
}
