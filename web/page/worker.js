// The worker: reads files and asks the module about them, one request after the other.

import { decompress } from "lzma1";
import { Door, Trap } from "./door.js";

let door;
// What is being compared: a new instance must be given it again.
let judge;

onmessage = async ({ data }) => {
  const { text, module, ask, files } = data;
  try {
    if (ask) {
      const reply = await answered(ask, files || []);
      postMessage({ reply }, reply.files.map((file) => file.buffer));
      return;
    }
    const compiled = module || (await WebAssembly.compile(unpacked(text)));
    door = new Door(compiled);
    postMessage({ reply: { head: {}, files: [], module: compiled } });
  } catch (error) {
    postMessage({ failed: String((error && error.message) || error) });
  }
};

// The module as it stands in the page: LZMA, which takes a quarter less room than what browsers unpack themselves, as base64.
function unpacked(text) {
  const binary = atob(text.trim());
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return Uint8Array.from(decompress(bytes));
}

async function answered(ask, blobs) {
  let files;
  try {
    files = await Promise.all(blobs.map(async (blob) => new Uint8Array(await blob.arrayBuffer())));
  } catch (error) {
    // It was moved or changed since it was chosen.
    return settled({ ask: "not-opened", path: ask.path, detail: error.message, language: ask.language }, [], ask);
  }
  if (door.refresh() && ask.ask === "again" && judge) door.ask(judge);
  if (ask.ask === "judge") judge = ask;
  try {
    return checked(door.ask(ask, files));
  } catch (error) {
    const isOfFile = ask.ask === "check" || ask.ask === "list";
    if (!(error instanceof Trap) || !isOfFile) throw error;
    const panicked = { ask: "panicked", path: ask.path, detail: error.message, language: ask.language };
    return settled(panicked, ask.within ? [] : files, ask);
  }
}

// What is said of a file that cannot be checked, as an answer to what was asked of it.
function settled(instead, files, ask) {
  if (ask.ask !== "check" && ask.ask !== "list") throw new Error(instead.detail);
  let outcome;
  try {
    outcome = checked(door.ask(instead, files)).head;
  } catch (error) {
    // Even to see what the file is was too much.
    outcome = checked(door.ask(instead, [])).head;
  }
  const listed = { document: false, warnings: [], entries: [{ path: ask.path, within: null, outcome }] };
  return { head: ask.ask === "list" ? listed : outcome, files: [] };
}

function checked(reply) {
  if (reply.head && reply.head.refused) throw new Error(reply.head.refused);
  return reply;
}
