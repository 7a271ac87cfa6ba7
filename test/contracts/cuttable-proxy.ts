import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a pool and its server, and can fail as a server does. */
export interface CuttableProxy {
  readonly url: string;
  /** Every connection breaks and new ones are refused, until `restore`. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Connections stand and nothing answers any more, until `cut`. */
  hang(): void;
  close(): Promise<void>;
}

/** Opens a proxy on a free port of this machine to the database of a url. */
export async function openProxy(target: string): Promise<CuttableProxy> {
  const url = new URL(target);
  const sockets = new Set<Socket>();
  let silent = false;
  const accept = (client: Socket) => {
    const server = connect(Number(url.port), url.hostname);
    const link = (from: Socket, to: Socket) => {
      sockets.add(from);
      from.on('data', (data) => silent || to.write(data));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    };
    link(client, server);
    link(server, client);
  };
  let listener = await listen(accept, 0);
  const port = portOf(listener);
  const cut = async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    silent = false;
    await new Promise((resolve) => listener.close(resolve));
  };
  const proxied = new URL(target);
  proxied.host = `127.0.0.1:${port}`;
  return {
    url: proxied.href,
    cut,
    restore: async () => {
      listener = await listen(accept, port);
    },
    hang: () => {
      silent = true;
    },
    close: cut,
  };
}

function listen(accept: (client: Socket) => void, port: number): Promise<Server> {
  const server = createServer(accept);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
