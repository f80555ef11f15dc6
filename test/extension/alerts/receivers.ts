import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import type { Message } from "../../../extension/alerts/message.ts";

export const SECRET = `whsec_${Buffer.from("a key of our own").toString("base64")}`;

export interface Got {
  message: Message;
  /** As standardwebhooks.com says it is to be checked. */
  isSigned: boolean;
  id: string;
  at: number;
}

/** A webhook's receiver that answers as told, one after the other, and then well. */
export async function hook(...answers: number[]) {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    got.push({ message: JSON.parse(body), ...checked(request, body) });
    const status = answers.shift() ?? 204;
    // Whoever follows comes back, and is counted.
    response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/secret-path`;
  return { got, address, answers, [Symbol.dispose]: () => void server.close() };
}

function checked({ headers }: IncomingMessage, body: string): Omit<Got, "message"> {
  const id = String(headers["webhook-id"]);
  const at = String(headers["webhook-timestamp"]);
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  const right = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest();
  const given = Buffer.from(String(headers["webhook-signature"]).replace(/^v1,/, ""), "base64");
  return { id, at: Number(at), isSigned: given.length === right.length && timingSafeEqual(given, right) };
}

/** A mail's server that wants a user and a password, and refuses the first `refusals` letters. */
export async function postOffice(refusals = 0) {
  const letters: { from: string; to: string[]; text: string }[] = [];
  let refused = 0;
  const server = new SMTPServer({
    // A certificate of its own would not be trusted, and needs not be on this machine.
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === "sam" && password === "the password"
        ? done(null, { user: username })
        : done(new Error("Wrong user or password")),
    async onData(stream, { envelope }, done) {
      const letter = await text(stream);
      if (refused++ < refusals) return done(Object.assign(new Error("Try later"), { responseCode: 451 }));
      const { mailFrom, rcptTo } = envelope;
      letters.push({
        ...{ from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address), text: letter },
      });
      done();
    },
  });
  server.on("error", () => {}); // clients that hang up
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    letters,
    tried: () => refused,
    mail: { server: `smtp://sam@127.0.0.1:${port}`, from: "trace@shop.test", to: "sam@shop.test" },
    [Symbol.dispose]: () => server.close(),
  };
}
