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
 * name can be seen by other users of the machine; who holds it without the token is found out by its answer.
 */
function address(token: string): string {
  const name = `agent-trace-${createHash("sha256").update(token).digest("hex").slice(0, 24)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  if (process.platform === "linux") return `\0${name}`;
  return join(tmpdir(), `${name}.sock`);
}

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
export async function holdMeeting(token: string): Promise<Meeting | undefined> {
  let tell: (port: number) => void = () => {};
  const port = new Promise<number>(resolve => {
    tell = resolve;
  });
  const server = createServer(socket => {
    socket.on("error", () => socket.destroy());
    socket.once("data", nonce => void port.then(known => socket.end(answer(token, nonce.toString(), known))));
  });
  const meeting = { tell, close: () => void server.close() };
  if (await listen(server, address(token))) return meeting;
  if (process.platform !== "darwin" || (await reach(token))) return undefined;
  await rm(address(token), { force: true }); // macOS leaves the file of a killed owner
  return (await listen(server, address(token))) ? meeting : undefined;
}

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once("error", error => (errorCode(error) === "EADDRINUSE" ? resolve(false) : reject(error)));
    server.listen(path, () => resolve(true));
  });
}

function reach(token: string): Promise<Socket | undefined> {
  return new Promise(resolve => {
    const socket = connect(address(token), () => resolve(socket));
    socket.once("error", () => resolve(undefined));
  });
}

/** The port on which the owner answers, or undefined when nobody does, or not before `signal` or `patience` ends. */
export async function askMeeting(
  token: string,
  signal?: AbortSignal,
  patience = 10_000,
): Promise<number | undefined> {
  const socket = await reach(token);
  if (!socket) return undefined;
  const hangUp = () => socket.destroy();
  socket.setTimeout(patience, hangUp);
  signal?.addEventListener("abort", hangUp);
  try {
    const nonce = randomBytes(16).toString("hex");
    socket.write(nonce);
    let text = "";
    for await (const chunk of socket) text += chunk;
    const { port, proof } = JSON.parse(text) as { port: number; proof: string };
    return proof === proofOf(token, nonce, port) ? port : undefined;
  } catch {
    return undefined; // it hung up without an answer: it is closing
  } finally {
    signal?.removeEventListener("abort", hangUp);
  }
}
