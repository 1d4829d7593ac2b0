/** Ports of this machine. */
import {createServer} from "node:net";

/** Whether something could listen on this port of this machine now. */
export const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({port, host: "127.0.0.1"}, () => server.close(() => resolve(true)));
  });

/** A port nothing listens on, chosen by the system. */
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
