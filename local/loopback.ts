import type { Server } from 'node:http';

/** Starts a server on loopback only, on a free port when `port` is 0, and gives its address. Rejects when the port is taken. */
export function listening(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port was given'));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

/** Stops a server at once, kept-alive connections included. */
export function stopped(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
