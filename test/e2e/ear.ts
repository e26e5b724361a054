import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands between page and program and hears which answers the page no longer wanted. */
export class Ear {
  /** paths whose answer the page dropped before its end */
  readonly dropped: string[] = [];
  readonly #server = createServer((incoming, answer) => {
    const { port } = this.#door;
    const { url: path, method, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, path, method, headers }, (got) => {
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
    answer.on("close", () => {
      if (answer.writableFinished) return;
      this.dropped.push(path!);
      onward.destroy();
    });
  });
  #door = new URL("http://127.0.0.1/");

  /** The address that leads to the same door through here. */
  async before(address: string): Promise<string> {
    this.#door = new URL(address);
    await new Promise<void>((ready) => this.#server.listen(0, "127.0.0.1", ready));
    return address.replace(this.#door.port, String((this.#server.address() as AddressInfo).port));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
