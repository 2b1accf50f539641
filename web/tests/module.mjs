// The module out of the built page, and a pool that asks it without workers.

import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { decompress } from "lzma1";
import { Door } from "../page/door.js";

export function moduleOf(page) {
  const html = readFileSync(page, "utf8");
  const [, text] = /<script id="module"[^>]*>([^<]*)<\/script>/.exec(html);
  return Uint8Array.from(decompress(new Uint8Array(Buffer.from(text, "base64"))));
}

// As page/pool.js, one request after the other.
export class Alone {
  constructor(bytes, language) {
    this.door = new Door(new WebAssembly.Module(bytes));
    this.language = language;
    this.traps = [];
  }

  async ask(ask, files = []) {
    const given = typeof files === "function" ? files() : files;
    const bytes = await Promise.all(given.map(async (file) => new Uint8Array(await file.arrayBuffer())));
    const head = { language: this.language, ...ask };
    let reply;
    try {
      if (ask.ask !== "again") this.door.refresh();
      reply = this.door.ask(head, bytes);
    } catch (error) {
      if (ask.ask !== "check") throw error;
      this.traps.push(`${ask.path}: ${error.message}`);
      reply = this.door.ask({ ask: "panicked", path: ask.path, detail: error.message, language: this.language }, bytes);
    }
    if (reply.head && reply.head.refused) throw new Error(`${ask.ask}: ${reply.head.refused}`);
    return reply;
  }

  alone() {
    return { ask: ({ ask, files }) => this.ask(ask, files), end() {} };
  }

  stop() {}
}

// All files below a folder, as a folder that was chosen.
export function walked(folder, root) {
  return readdirSync(path.join(root, folder)).flatMap((name) => {
    const own = `${folder}/${name}`;
    const file = path.join(root, own);
    return statSync(file).isDirectory() ? walked(own, root) : [{ path: own, file: new Blob([readFileSync(file)]) }];
  });
}
