/** Options of fastify's by which a request that is not whole in time is answered 408, however it drips in. */
export function timeLimit(ms: number) {
  return {
    requestTimeout: ms,
    // Node takes the longer of both for the whole request, and a minute for the headers unless told otherwise.
    http: { headersTimeout: ms, connectionsCheckingInterval: ms / 5 },
  };
}
