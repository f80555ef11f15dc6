import { createHash, createHmac, randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorCode } from "./expected-error.ts";

/**
 * The meeting point: a local socket with a name that comes from the token. Holding it makes a recorder the owner
 * of its data folder, and asking it tells everyone else on which port the owner answers.
 *
 * On Linux and Windows the kernel frees the name the moment its holder dies, so nothing can be left behind. The
 * name can be seen by other users of the machine; who holds it without the token is found out by its answer. An
 * owner that hangs keeps its name: the next generation meets under another.
 */
function address(token: string, generation: number): string {
  const hash = createHash("sha256")
    .update(token)
    .update(generation > 0 ? `${generation}` : "");
  const name = `agent-trace-${hash.digest("hex").slice(0, 24)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  if (process.platform === "linux") return `\0${name}`;
  return join(tmpdir(), `${name}.sock`);
}

/** How often a holder that has nothing to say yet shows that it is there. */
const BEAT = 500;

function answer(token: string, nonce: string, port: number): string {
  return JSON.stringify({ port, proof: proofOf(token, nonce, port) });
}

/** Shows that the answer comes from someone who knows the token; a squatter on the name can't make it. */
function proofOf(token: string, nonce: string, port: number): string {
  return createHmac("sha256", token).update(`${nonce}:${port}`).digest("hex");
}

/** The meeting point as its holder has it. */
export interface Meeting {
  /** Gives the port to everyone who asked or will ask. */
  tell(port: number): void;
  close(): void;
}

/** Takes the meeting point, or answers undefined when another recorder holds it. */
export async function holdMeeting(token: string, generation = 0): Promise<Meeting | undefined> {
  const path = address(token, generation);
  let tell: (port: number) => void = () => {};
  const port = new Promise<number>(resolve => {
    tell = resolve;
  });
  const asking = new Set<Socket>();
  const server = createServer(socket => {
    asking.add(socket);
    socket.on("error", () => socket.destroy());
    const alive = () => socket.write(" "); // says that it will answer, once there is something to say
    const beat = setInterval(alive, BEAT);
    socket.once("close", () => {
      clearInterval(beat);
      asking.delete(socket);
    });
    socket.once("data", nonce => void port.then(known => socket.end(answer(token, nonce.toString(), known))));
    alive();
  });
  const close = () => {
    server.close();
    for (const socket of asking) socket.destroy();
  };
  const meeting = { tell, close };
  if (await listen(server, path)) return meeting;
  if (process.platform !== "darwin") return undefined;
  const holder = await reach(path);
  holder?.destroy();
  if (holder) return undefined;
  await rm(path, { force: true }); // macOS leaves the file of a killed owner
  return (await listen(server, path)) ? meeting : undefined;
}

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once("error", error => (errorCode(error) === "EADDRINUSE" ? resolve(false) : reject(error)));
    server.listen(path, () => resolve(true));
  });
}

function reach(path: string): Promise<Socket | undefined> {
  return new Promise(resolve => {
    const socket = connect(path, () => resolve(socket));
    socket.once("error", () => resolve(undefined));
  });
}

/** The owner's port; or that there is nobody; or somebody from whom no true answer can be had. */
export type Answer = number | "nobody" | "silent";

/** Asks for the owner's port, until `signal` ends or nothing was heard for `patience` ms. */
export async function askMeeting(
  token: string,
  {
    generation = 0,
    signal,
    patience = 2000,
  }: { generation?: number; signal?: AbortSignal; patience?: number } = {},
): Promise<Answer> {
  const socket = await reach(address(token, generation));
  if (!socket) return "nobody";
  const hangUp = () => socket.destroy(new Error("nothing was heard"));
  socket.setTimeout(patience, hangUp);
  signal?.addEventListener("abort", hangUp);
  try {
    const nonce = randomBytes(16).toString("hex");
    socket.write(nonce);
    let text = "";
    for await (const chunk of socket) text += chunk;
    if (text.trim() === "") return "nobody"; // it hung up: it is closing
    const { port, proof } = JSON.parse(text) as { port: number; proof: string };
    return proof === proofOf(token, nonce, port) ? port : "silent";
  } catch (error) {
    return errorCode(error) === "ECONNRESET" ? "nobody" : "silent";
  } finally {
    signal?.removeEventListener("abort", hangUp);
  }
}
