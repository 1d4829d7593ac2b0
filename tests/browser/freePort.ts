import {createServer} from "node:net";

/** A port of this machine that nothing listens on, chosen by the system. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({port: 0, host: "127.0.0.1"}, () => {
      const address = server.address();
      if (address === null || typeof address === "string")
        return reject(new Error("port: the system gave no port number"));
      server.close(() => resolve(address.port));
    });
  });
